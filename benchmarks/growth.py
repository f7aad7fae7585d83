"""What one more month costs a warehouse that holds six."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import median

from benchmarks.process import measure
from benchmarks.scale import write_store
from pipeline.demo_store import DemoStore

# What is short is measured more often.
MONTHS_A_BUILD = 3
HEADER = ["etl of", "lines", "seconds", "share of lines", "x its share of the full build"]


def measure_growth(folder: Path, event_count: int, *, seed: int, run_count: int) -> list[list[str]]:
    """Return the rows of the table: seven months at once, the seventh added to six, nothing new.

    The store is that of the `scale` benchmark, 30 events a customer. Seconds are medians of
    `run_count` whole processes for the build, of three times as many for what is added.
    """
    return measure_growth_of(write_store(folder, event_count, seed), folder, run_count)


def measure_growth_of(store: DemoStore, folder: Path, run_count: int) -> list[list[str]]:
    """Return the same of a store that is there; its files are moved, and moved back."""
    last = store.event_files[-1]
    datasets = last.parent
    full = median(_etl(datasets, folder / f"full{run}") for run in range(run_count))
    nothing = median(_etl(datasets, folder / "full0") for _ in range(MONTHS_A_BUILD * run_count))
    for run in range(run_count):
        shutil.rmtree(folder / f"full{run}")
    away = last.rename(folder / last.name)
    _etl(datasets, folder / "grown")
    away.rename(last)
    six = (folder / "grown").rename(folder / "six")
    grown = median(_add_month(datasets, six) for _ in range(MONTHS_A_BUILD * run_count))
    last_lines = _count_lines(last)
    share = last_lines / store.event_count
    return [
        ["seven months", f"{store.event_count:,}", f"{full:.1f}", "100 %", "1.00"],
        [
            "the seventh, added to six",
            f"{last_lines:,}",
            f"{grown:.1f}",
            f"{100 * share:.1f} %",
            f"{grown / (full * share):.2f}",
        ],
        ["nothing new", "0", f"{nothing:.1f}", "0 %", ""],
    ]


def _add_month(datasets: Path, six: Path) -> float:
    """Add to a copy in the place of the original: elsewhere dbt would read the project anew."""
    copy = six.with_name("grown")
    shutil.copytree(six, copy)
    try:
        return _etl(datasets, copy)
    finally:
        shutil.rmtree(copy)


def _etl(datasets: Path, folder: Path) -> float:
    options = ["--datasets", datasets, "--warehouse", folder / "warehouse.duckdb", "--quiet"]
    # What was written or copied before is on the disk: the run waits for its own bytes only.
    os.sync()
    return measure(["run_pipeline.py", "etl", *options]).seconds


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        newlines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 24), b""))
    return newlines - 1
