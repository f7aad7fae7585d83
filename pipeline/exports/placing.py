"""Where an export is put: whole or not at all, for its owner alone, over nothing unasked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.exports.request import Target
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.file_lock import held
from pipeline.runtime.private_files import private_folder

#: In a folder that an export made; beside a file, the name of the file stands before it.
MANIFEST = "manifest.json"


def manifest_path(target: Target) -> Path:
    """Return where the manifest of an export stands.

    Examples
    --------
    >>> manifest_path(Target(Path("lists/loyal.csv"), "csv")).name
    'loyal.csv.manifest.json'
    """
    if target.is_by_segment:
        return target.path / MANIFEST
    return target.path.with_name(f"{target.path.name}.{MANIFEST}")


def check_target(target: Target, *taken: Path) -> None:
    """Make sure that an export may be put there.

    Parameters
    ----------
    target : Target
    *taken : Path
        Files that no export may replace, such as the warehouse.

    Raises
    ------
    InputError
        When something is there already and may not be replaced, or the folder cannot be written.
    """
    path = target.path
    if path.resolve() in {one.resolve() for one in taken}:
        raise InputError(f"{path} is the warehouse itself: name another file with --output.")
    folder = next(parent for parent in path.parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"The folder {path.parent} cannot be written: name another with --output.")
    if not path.exists() and not path.is_symlink():
        return
    if not target.may_replace:
        raise InputError(f"{path} is there already: name another with --output, or add --force.")
    if path.is_dir() != target.is_by_segment:
        kind = "folder" if target.is_by_segment else "file"
        raise InputError(f"{path} is no {kind}: name another with --output.")
    if target.is_by_segment and not _is_export(path):
        raise InputError(
            f"The folder {path} holds more than an export, so it is kept: name another with"
            " --output."
        )


def _is_export(folder: Path) -> bool:
    """Tell whether a folder holds what an export by segment makes, and nothing that is lost."""
    names = {inner.name for inner in folder.iterdir()}
    return MANIFEST in names and all(name.startswith("segment_id=") for name in names - {MANIFEST})


@contextmanager
def placed(target: Target) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """Give a passing path to write to, and put what is written in its place when the block ends.

    The function that comes with it takes the text of the manifest. Until the block has ended well,
    what was there before stays. The manifest comes last: an export without one is not to be used.

    Raises
    ------
    InputError
        When another process writes there at this moment.
    """
    if not target.path.parent.is_dir():
        private_folder(target.path.parent)
    with held(target.path, "check the rights of the folder"):
        passing = target.path.with_name(f".{target.path.name}.unfinished")
        # Of a process that was killed.
        _remove(passing)
        try:
            passing.mkdir(mode=0o700)
            written, manifest = passing / target.path.name, passing / MANIFEST
            yield written, lambda text: _write(manifest, text)
            _close(written)
            _put(target, written, manifest)
        finally:
            _remove(passing)


def _put(target: Target, written: Path, manifest: Path) -> None:
    if target.is_by_segment:
        os.replace(manifest, written / MANIFEST)
        former = written.with_name("former")
        if target.path.exists():
            os.replace(target.path, former)
        os.replace(written, target.path)
        return
    manifest_path(target).unlink(missing_ok=True)
    os.replace(written, target.path)
    os.replace(manifest, manifest_path(target))


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _close(path: Path) -> None:
    """Leave what was written to its owner alone, whatever made it."""
    if path.is_dir():
        for inner in [path, *path.rglob("*")]:
            inner.chmod(0o700 if inner.is_dir() else 0o600)
    else:
        path.chmod(0o600)


def _remove(path: Path) -> None:
    if path.exists():
        try:
            shutil.rmtree(path)
        except OSError as error:
            raise PipelineError(
                f"{path} cannot be removed ({error.strerror}): remove it, and export again."
            ) from error
