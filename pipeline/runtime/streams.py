"""Standard streams that are closed, or whose reader goes away: how a process goes on, and ends."""

from __future__ import annotations

import atexit
import os
import sys
from typing import TextIO

_FIRST_ORDINARY_DESCRIPTOR = 3


def open_closed_streams() -> None:
    """Let streams that were closed before the start (`2>&-`) lead nowhere.

    Python takes them for None. What is worse, the next file that is opened would get the number of
    the missing one, and be it the warehouse: whatever a library writes to standard error would go
    into it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < _FIRST_ORDINARY_DESCRIPTOR:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _writer(1)
    if sys.stderr is None:
        sys.stderr = _writer(2)


def tell(text: str) -> None:
    """Write a line to standard error, if there is anybody to read it; see `write`."""
    write(f"{text}\n", sys.stderr)


def write(text: str, stream: TextIO) -> None:
    """Write to a standard stream, if there is anybody to read it.

    A run does not fail because `| head` has read enough, the terminal is gone, or the disk of a log
    is full: from then on the stream leads nowhere.
    """
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        # What could not be written stays in the buffer, and would be an error again at the end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def end_process() -> None:
    """End the process with exit code 0, after all that is to be done at its end.

    The interpreter would then free every object that dbt has made, one after the other: half a
    second. Where somebody has stopped reading what was written, it ends in the usual way.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(0)


def _writer(descriptor: int) -> TextIO:
    return open(descriptor, "w", encoding="utf-8", closefd=False)
