"""The end of a process that did what it was asked to."""

from __future__ import annotations

import atexit
import os
import sys


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
