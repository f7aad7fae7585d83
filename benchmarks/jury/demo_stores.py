"""The synthetic store of the demo, as it is and with what can happen to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.jury.store import EVENT_FOLDER, TYPES_FILE, Written
from pipeline.demo_store import write_demo_store

# Three months are seen, the fourth is the outcome.
MONTH_COUNT = 4


def demo_store(**options: Any) -> Callable[[Path, int, int], Written]:
    """Return what writes the demo's store with these options of `write_demo_store`."""

    def write(folder: Path, seed: int, user_count: int) -> Written:
        written = write_demo_store(
            folder / EVENT_FOLDER,
            planted_types_file=folder / TYPES_FILE,
            user_count=user_count,
            seed=seed,
            month_count=MONTH_COUNT,
            **options,
        )
        return Written(folder / EVENT_FOLDER, written.planted_types_file)

    return write
