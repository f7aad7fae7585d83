"""Files that hold everything: a synthetic store, real rows, odd files and garbage, by month."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.demo_store import write_demo_store
from tests.conftest import REAL_ROWS
from tests.spark.odd_files import write_odd_files
from tests.warehouse.test_fuzz import _write_files

GARBAGE_FILES = 25
# The last month of the synthetic store.
LAST_MONTH = "2019-12"


def write_everything(datasets: Path, user_count: int) -> None:
    """Write them all; the real rows where they are there."""
    write_store(datasets, user_count)
    write_odd_and_garbage(datasets)
    if REAL_ROWS.is_dir():
        for path in REAL_ROWS.glob("*.csv.gz"):
            shutil.copy(path, datasets)


def write_store(datasets: Path, user_count: int) -> None:
    """Write the synthetic store, a file a month."""
    planted = datasets.with_name("planted_types.csv")
    write_demo_store(datasets, user_count=user_count, seed=5, planted_types_file=planted)


def write_odd_and_garbage(datasets: Path) -> None:
    """Write odd files, and the garbage of the tests of reading."""
    write_odd_files(datasets / "odd")
    scratch = datasets.with_name("garbage")
    scratch.mkdir()
    batches, _ = _write_files(scratch, GARBAGE_FILES)
    shutil.copytree(batches[0].store.datasets, datasets / "garbage")
