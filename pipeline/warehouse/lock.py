"""One run at a time: every other one is refused from the first look at the files to the report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.runtime.file_lock import HeldError, held
from pipeline.warehouse.connection import check_place

_SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def run_lock(warehouse: Path) -> Iterator[None]:
    """Keep every other run away from a warehouse for as long as the `with` block lasts.

    DuckDB locks the file only while it has it open: neither while files are inspected, nor between
    the build, the publication and the report. The operating system releases the lock when the
    process ends, in whatever way; a lock file that is left behind holds nobody up.

    Raises
    ------
    HeldError
        When another run holds the warehouse, with the number of its process.
    InputError
        When the place cannot be used.
    """
    check_place(warehouse)
    with held(warehouse, "check the folder's rights, or name another with --warehouse"):
        yield


@contextmanager
def run_lock_in_turn(warehouse: Path, say_that_it_waits: Callable[[], None]) -> Iterator[None]:
    """Wait until no other run holds the warehouse, then keep every other one away from it.

    Raises
    ------
    InputError
        When the place cannot be used.
    """
    with ExitStack() as stack:
        is_told = False
        while True:
            try:
                stack.enter_context(run_lock(warehouse))
                break
            except HeldError:
                if not is_told:
                    say_that_it_waits()
                    is_told = True
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        yield
