"""A lock beside what is written, which goes with the process that holds it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.runtime.errors import InputError


class HeldError(InputError):
    """Another run holds the place."""


# A run writes its number right after it has taken the lock; another one may look in between.
_LOOKS = 20
_SECONDS_BETWEEN_LOOKS = 0.01


@contextmanager
def unpacking_lock(folder: Path) -> Iterator[None]:
    """Keep every other run from unpacking into a folder, for as long as the `with` block lasts.

    Raises
    ------
    HeldError
        When another run unpacks there, with the number of its process.
    InputError
        When the place cannot be used.
    """
    with held(folder, "check the folder's rights"):
        yield


@contextmanager
def held(place: Path, advice: str) -> Iterator[None]:
    """Keep every other run away from a place; `advice` is for one that cannot be locked."""
    path = _lock_path(place)
    new_folders = [folder for folder in path.parents if not folder.exists()]
    descriptor = _take(path, place, advice)
    try:
        with suppress(OSError):
            # On a full disk the lock holds without the number.
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        _give_back(path, descriptor)
        for folder in new_folders:
            # Those that hold nothing: the command was refused.
            with suppress(OSError):
                folder.rmdir()


def _lock_path(place: Path) -> Path:
    """Return where the lock is: beside the file or folder itself, whatever link leads to it."""
    real = place.resolve()
    return real.with_name(real.name + ".lock")


def _take(path: Path, place: Path, advice: str) -> int:
    """Return the open lock file, empty, when nobody else holds it."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _try_to_lock(descriptor):
                number = _number_in(descriptor)
                os.close(descriptor)
                raise HeldError(
                    f"{place} is held by {number}, a run that is under way:"
                    " wait until it has ended."
                )
            if _is_at(descriptor, path):
                os.ftruncate(descriptor, 0)
                return descriptor
            # It was removed by the run that ended in this moment: a new file is another lock.
            os.close(descriptor)
        except OSError as error:
            raise InputError(f"{path} cannot be locked ({error.strerror}): {advice}.") from error


def _number_in(descriptor: int) -> str:
    for _ in range(_LOOKS):
        os.lseek(descriptor, 0, os.SEEK_SET)
        if number := os.read(descriptor, 20).decode("ascii", "replace").strip():
            return f"process {number}"
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return "another process"


def _is_at(descriptor: int, path: Path) -> bool:
    """Tell whether the file that is open is the one that others find under this name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    # Nobody may read a byte that is locked, so it is one far behind the number.
    _LOCKED_BYTE = 1 << 30

    def _try_to_lock(descriptor: int) -> bool:
        """Take the lock, and tell whether that was possible."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        os.close(descriptor)
        # No file can be removed that another process has opened.
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _try_to_lock(descriptor: int) -> bool:
        """Take the lock, and tell whether that was possible."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        # As long as the lock is held: afterwards the file may be that of the next run.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)
