"""Leaving when asked to: Ctrl-C, a terminal that goes away, a polite kill."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from pipeline.errors import PipelineError

_SENTENCE = "Interrupted: what was published before stays, run again to go on."
_SHOW_CURSOR = "\x1b[?25h"
_PASSING_FOLDERS: set[str] = set()


def leave_at_once_when_interrupted() -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the process with one sentence.

    At once and without unwinding: a statement of DuckDB or a fit of K-Means in another thread would
    be waited for, for minutes. It is safe because a run must survive `kill -9` at any moment
    anyway: every step is a transaction, every file is renamed when it is whole. What is in a
    `passing_folder` goes first.
    """
    # The process in which Python keeps account of semaphores, and which tidies them up after us,
    # takes these options over; it would add a warning to our one sentence.
    sys.warnoptions.append("ignore:resource_tracker")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and not _is_ignored(name):
            signal.signal(getattr(signal, name), _leave)


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Make a folder of the system's for temporary files that is gone afterwards.

    After an interruption too; `kill -9` leaves it to the system, and so may the end of a process in
    which another thread still writes there.

    Raises
    ------
    OSError
        There is no room for it.
    """
    with TemporaryDirectory(prefix="amazing-", ignore_cleanup_errors=True) as name:
        _PASSING_FOLDERS.add(name)
        try:
            yield Path(name)
        finally:
            _PASSING_FOLDERS.discard(name)


def _is_ignored(name: str) -> bool:
    """Tell whether whoever started us wants a lost terminal to change nothing: `nohup`."""
    return name == "SIGHUP" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN


def _leave(_number: int, _frame: FrameType | None) -> None:
    try:
        # A progress bar hides the cursor of its terminal.
        start = f"\r{_SHOW_CURSOR}\n" if sys.stderr.isatty() else ""
        os.write(sys.stderr.fileno(), f"{start}{_SENTENCE}\n".encode())
    except (OSError, ValueError):
        # The terminal is gone; there is nobody to tell.
        pass
    finally:
        for name in tuple(_PASSING_FOLDERS):
            shutil.rmtree(name, ignore_errors=True)
        os._exit(PipelineError.exit_code)
