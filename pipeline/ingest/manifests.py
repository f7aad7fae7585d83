"""Which archives there are, and which of them are unpacked already."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from pipeline.ingest.discovery import ARCHIVES, file_status, visible_files
from pipeline.ingest.members import HashedReader
from pipeline.runtime.errors import InputError

UNPACKED = "unpacked"
# It begins with a dot: never taken for a file of events.
MANIFEST = ".manifest.json"


@dataclass(frozen=True)
class Archive:
    """One archive as it was found, and the folder for its members."""

    path: Path
    source_file: str
    size_bytes: int
    modified_at: int
    folder: Path


@dataclass(frozen=True)
class Manifest:
    """Which archive a folder was unpacked from, and the files that lie in it with their sizes."""

    source_file: str
    size_bytes: int
    modified_at: int
    fingerprint: str
    files: dict[str, int]


def find_archives(root: Path) -> list[Archive]:
    """Find every archive below the data folder, sorted by name; what is unpacked holds none."""
    found = []
    for path, name in visible_files(root):
        if name.lower().endswith(ARCHIVES):
            status = file_status(path, name)
            folder = root / UNPACKED / name
            found.append(Archive(path, name, status.st_size, status.st_mtime_ns, folder))
    return sorted(found, key=lambda archive: archive.source_file)


def is_unpacked(archive: Archive) -> bool:
    """Whether the folder holds what this archive holds, complete.

    An archive of another time and the same bytes is read once, and its new time noted.

    Raises
    ------
    InputError
        There is a folder of that name, but it was not made here.
    """
    manifest = _read_manifest(archive)
    if manifest is None or manifest.size_bytes != archive.size_bytes:
        return False
    for name, size in manifest.files.items():
        file = archive.folder / name
        if not file.is_file() or file.stat().st_size != size:
            return False
    if manifest.modified_at == archive.modified_at:
        return True
    with archive.path.open("rb") as stored:
        is_same = HashedReader(stored, lambda _: None).drain() == manifest.fingerprint
    if is_same:
        with suppress(OSError):  # it only saves the next reading
            write_manifest(archive.folder, replace(manifest, modified_at=archive.modified_at))
    return is_same


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write or replace the manifest of a folder, complete or not at all."""
    partial = folder / (MANIFEST + ".partial")
    partial.unlink(missing_ok=True)
    with open_private(partial) as file:
        file.write(json.dumps(asdict(manifest), indent=1).encode())
    partial.replace(folder / MANIFEST)


def open_private(path: Path) -> IO[bytes]:
    """Create a file for its owner alone and open it for writing."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _read_manifest(archive: Archive) -> Manifest | None:
    if not archive.folder.exists():
        return None
    try:
        return Manifest(**json.loads((archive.folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"{UNPACKED}/{archive.source_file} was not made by unpacking {archive.source_file}: "
            "move it away or remove it, then run again.",
        ) from error
