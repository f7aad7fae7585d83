"""Archives below the data folder, each unpacked once into `unpacked/`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO

from pipeline.ingest.accidents import DamagedArchiveError, accidents
from pipeline.ingest.discovery import file_status, is_plain_text
from pipeline.ingest.manifests import (
    UNPACKED,
    Archive,
    Manifest,
    find_archives,
    is_unpacked,
    open_private,
    write_manifest,
)
from pipeline.ingest.members import CHUNK_BYTES, Member, list_members, walk_members
from pipeline.runtime.errors import InputError
from pipeline.runtime.file_lock import unpacking_lock
from pipeline.runtime.progress import QuietReporter, Reporter, Stage
from pipeline.runtime.remote_folder import Folder, RemoteFolder

# It begins with a dot: no file in it is ever taken for a file of events.
SCRATCH = ".partial"


def unpack_archives(datasets: Folder, *, reporter: Reporter | None = None) -> list[Path]:
    """Unpack every new or changed archive below the data folder.

    The files of events of `datasets/a/b.zip` go to `datasets/unpacked/a/b.zip/`. A folder appears
    complete or not at all; a changed archive replaces it. In a remote folder, none is unpacked.

    Returns
    -------
    list of Path
        The files that this call unpacked; none when nothing changed.

    Raises
    ------
    InputError
        An archive is damaged, cannot be read, or has a member that points outside, is a link, is
        encrypted or does not fit on the disk: nothing of that archive is unpacked. Or another run
        unpacks there.
    PipelineError
        The disk is full after all.
    """
    if isinstance(datasets, RemoteFolder):
        return []
    root = Path(datasets).absolute()
    scratch = root / UNPACKED / SCRATCH
    if not scratch.exists() and not _changed_archives(root):
        return []
    with unpacking_lock(root / UNPACKED):
        # What a killed run left.
        with accidents(f"{UNPACKED}/{SCRATCH}"):
            _remove(scratch)
        # Looked for again: another run may have unpacked some in the meantime.
        return _unpack_all(_changed_archives(root), scratch, reporter or QuietReporter())


def _changed_archives(root: Path) -> list[Archive]:
    changed = []
    for archive in find_archives(root):
        with accidents(archive.source_file):
            changed += [] if is_unpacked(archive) else [archive]
    return changed


def _unpack_all(archives: list[Archive], scratch: Path, reporter: Reporter) -> list[Path]:
    if not archives:
        return []
    plans = _plans(archives, reporter)
    total = sum(sum(manifest.files.values()) for _, manifest in plans)
    written: list[Path] = []
    with reporter.stage("Unpacking archives", total, "bytes") as stage:
        for archive, manifest in plans:
            with accidents(archive.source_file):
                _unpack(archive, manifest, scratch, stage)
            written += [archive.folder / name for name in manifest.files]
    return written


def _plans(archives: list[Archive], reporter: Reporter) -> list[tuple[Archive, Manifest]]:
    plans = []
    total = sum(archive.size_bytes for archive in archives)
    with reporter.stage("Checking archives", total, "bytes") as stage:
        for archive in archives:
            with accidents(archive.source_file):
                members, fingerprint = list_members(archive.path, stage.advance)
            _refuse(archive.source_file, members)
            plans.append((archive, _manifest(archive, members, fingerprint)))
            left_out = [m for m in members if m.kind == "file" and not m.is_wanted]
            if left_out:
                reporter.say(
                    f"{archive.source_file}: {len(left_out)} member(s) that are not files of "
                    f"events are left out, such as {left_out[0].name!r}.",
                )
    return plans


def _manifest(archive: Archive, members: list[Member], fingerprint: str) -> Manifest:
    files = {"/".join(m.parts): m.size_bytes for m in members if m.is_wanted}
    return Manifest(
        archive.source_file, archive.size_bytes, archive.modified_at, fingerprint, files
    )


def _refuse(name: str, members: list[Member]) -> None:
    """Raise InputError for the first member that must not be unpacked."""
    seen = set()
    for member in members:
        reason = _reason_to_refuse(member)
        # Two names that differ by case alone are one file on some disks.
        key = "/".join(member.parts).casefold()
        if member.is_wanted and key in seen:
            reason = "is there twice"
        seen.add(key)
        if reason:
            raise InputError(
                f"{name} was not unpacked, because its member {member.name!r} {reason}: "
                "unpack it by hand if you trust it, and move the archive out of the data folder.",
            )


def _reason_to_refuse(member: Member) -> str | None:
    if member.points_outside:
        return "points outside of its folder"
    if member.kind == "link":
        return "is a link"
    if member.kind == "special":
        return "is no ordinary file"
    if member.is_wanted and member.is_encrypted:
        return "is encrypted"
    if member.is_wanted and not is_plain_text(member.name):
        return "has a name that is no plain text"
    return None


def _unpack(archive: Archive, manifest: Manifest, scratch: Path, stage: Stage) -> None:
    _make_private(scratch)
    try:
        _refuse_without_room(archive.source_file, manifest.files, scratch)
        new = scratch / "new"
        new.mkdir(mode=0o700)
        _write_members(archive, manifest, new, stage)
        write_manifest(new, manifest)
        status = file_status(archive.path, archive.source_file)
        if (status.st_size, status.st_mtime_ns) != (archive.size_bytes, archive.modified_at):
            raise InputError(
                f"{archive.source_file} changed while it was being unpacked: "
                "wait until it is complete, then run again.",
            )
        _install(new, archive.folder, scratch / "old")
    finally:
        _remove(scratch)


def _install(new: Path, folder: Path, old: Path) -> None:
    """Put a complete folder in its place; what was there returns if that fails."""
    _make_private(folder.parent)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _refuse_without_room(name: str, files: dict[str, int], folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    total = sum(files.values())
    if total <= free:
        return
    largest = max(files, key=lambda file: files[file])
    what = f"its member {largest!r} takes" if files[largest] > free else "its members take"
    needed = files[largest] if files[largest] > free else total
    raise InputError(
        f"{name} was not unpacked, because {what} {needed:,} bytes and the disk has {free:,} free: "
        "make room, then run again.",
    )


def _write_members(archive: Archive, manifest: Manifest, new: Path, stage: Stage) -> None:
    left = dict(manifest.files)
    for member, open_member in walk_members(archive.path):
        name = "/".join(member.parts)
        if not member.is_wanted:
            continue
        if left.pop(name, None) != member.size_bytes:
            raise DamagedArchiveError
        target = new.joinpath(*member.parts)
        _make_private(target.parent)
        source = open_member()
        if source is None:
            raise DamagedArchiveError
        with source:
            _copy(source, target, member.size_bytes, stage)
        # The time of the archive, so that unpacking again gives the same file.
        os.utime(target, ns=(archive.modified_at, archive.modified_at))
    if left:
        raise DamagedArchiveError


def _copy(source: IO[bytes], target: Path, declared: int, stage: Stage) -> None:
    written = 0
    with open_private(target) as file:
        while chunk := source.read(CHUNK_BYTES):
            written += len(chunk)
            if written > declared:  # a bomb: more than the directory says
                raise DamagedArchiveError
            file.write(chunk)
            stage.advance(len(chunk))
    if written != declared:
        raise DamagedArchiveError


def _make_private(folder: Path) -> None:
    """Make a folder and those above it, for the owner alone."""
    if not folder.is_dir():
        _make_private(folder.parent)
        folder.mkdir(mode=0o700)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
