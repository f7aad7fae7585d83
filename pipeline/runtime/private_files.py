"""Files that only their owner may read, and that change places with their predecessors together."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pipeline.runtime.errors import PipelineError


def for_the_owner_alone() -> None:
    """Let whatever is created from here on belong to its owner alone.

    A `umask` of the user that allows still less is not undone.
    """
    os.umask(os.umask(0o077) | 0o077)


def private_folder(folder: Path) -> Path:
    """Create a folder, and the missing ones above it, for their owner alone (0700)."""
    try:
        for level in [*reversed(folder.parents), folder]:
            if not level.is_dir():
                level.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise _not_written(folder, error) from error
    return folder


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder: all of them, or none.

    Every file is first written in full under a passing name; only then are they renamed, so that a
    full disk or a kill while writing leaves the former files as they were.

    Parameters
    ----------
    folder : Path
        Created if missing (0700).
    contents : mapping of str to bytes
        By path relative to the folder; written with mode 0600, renamed in this order.

    Raises
    ------
    PipelineError
        When the folder cannot be written.
    """
    token = secrets.token_hex(4)
    passing: dict[Path, Path] = {}
    try:
        private_folder(folder)
        for name, content in contents.items():
            path = folder / name
            if path.parent != folder:
                private_folder(path.parent)
            passing[path] = path.with_name(f".{path.name}.{token}")
            _write(passing[path], content)
        for path, written in passing.items():
            written.replace(path)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        for written in passing.values():
            written.unlink(missing_ok=True)


def made_once(path: Path, content: bytes) -> bytes:
    """Return what a file holds; with `content` and for its owner alone, where there is none yet.

    Of several that make it at once, in threads or processes, all get what the first one wrote: the
    file takes its name when it is complete.

    Raises
    ------
    OSError
        It can be neither made nor read.
    """
    if not path.exists():
        written = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            _write(written, content)
            _name_unless_taken(written, path)
        finally:
            written.unlink(missing_ok=True)
    return path.read_bytes()


def _name_unless_taken(written: Path, path: Path) -> None:
    try:
        os.link(written, path)
    except FileExistsError:
        return
    except OSError:  # A file system without links.
        written.replace(path)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _not_written(folder: Path, error: OSError) -> PipelineError:
    return PipelineError(
        f"{folder} cannot be written ({error.strerror}):"
        " check the folder's rights and the free space."
    )
