"""Leaving when asked to: Ctrl-C, a terminal that goes away, a polite kill."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from pipeline.runtime.errors import PipelineError

_SENTENCE = "Interrupted: what was published before stays, run again to go on."
_SHOW_CURSOR = "\x1b[?25h"


def leave_at_once_when_interrupted() -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the process with one sentence.

    At once and without unwinding: a statement of DuckDB or a fit of K-Means in another thread would
    be waited for, for minutes. It is safe because a run must survive `kill -9` at any moment
    anyway: every step is a transaction, every file is renamed when it is whole.
    """
    # The process in which Python keeps account of semaphores, and which tidies them up after us,
    # takes these options over; it would add a warning to our one sentence.
    sys.warnoptions.append("ignore:resource_tracker")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and not _is_ignored(name):
            signal.signal(getattr(signal, name), _leave)


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
        os._exit(PipelineError.exit_code)
