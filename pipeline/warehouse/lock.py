"""One run at a time: every other one is refused from the first look at the files to the report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.runtime.file_lock import held
from pipeline.warehouse.connection import check_place


@contextmanager
def run_lock(warehouse: Path) -> Iterator[None]:
    """Keep every other run away from a warehouse for as long as the `with` block lasts.

    DuckDB locks the file only while it has it open: neither while files are inspected, nor between
    the build, the publication and the report. The operating system releases the lock when the
    process ends, in whatever way; a lock file that is left behind holds nobody up.

    Raises
    ------
    InputError
        When another run holds the warehouse, with the number of its process, or the place cannot
        be used.
    """
    check_place(warehouse)
    with held(warehouse, "check the folder's rights, or name another with --warehouse"):
        yield
