"""What one more month costs a warehouse that holds six."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from benchmarks.process import measure
from benchmarks.stores import Store

# What is short is measured more often.
MONTHS_A_BUILD = 3
HEADER = [
    "etl of", "lines", "seconds", "yardstick, seconds", "x yardstick", "share of lines",
    "x its share of the full build",
]  # fmt: skip


@dataclass(frozen=True)
class _Timed:
    """Seconds of a process, and of the bare script on the last month: the mean of before and after.

    A build takes minutes and a month one, in which a shared machine becomes half as fast or twice.
    """

    seconds: float
    yardstick: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick


def measure_growth(store: Store, folder: Path, run_count: int) -> list[list[str]]:
    """Return the rows of the table: seven months at once, the seventh added to six, nothing new.

    Of `run_count` whole processes for the build and three times as many for what is added, the one
    with the median ratio to its yardstick.
    """
    growth = _Growth(store, folder)
    growth.etl(folder / "grown")
    growth.let_last_month_come()
    six = (folder / "grown").rename(folder / "six")
    grown = _middle([growth.add_month(six) for _ in range(MONTHS_A_BUILD * run_count)])
    shutil.rmtree(six)
    full = _middle([growth.build(folder / "full") for _ in range(run_count)])
    times = range(MONTHS_A_BUILD * run_count)
    nothing = median(growth.etl(folder / "full") for _ in times)
    last_lines = _count_lines(growth.last)
    share = last_lines / store.event_count
    return [
        ["seven months", f"{store.event_count:,}", *_figures(full), "100 %", "1.00"],
        [
            "the seventh, added to six",
            f"{last_lines:,}",
            *_figures(grown),
            f"{100 * share:.1f} %",
            f"{grown.ratio / (full.ratio * share):.2f}",
        ],
        ["nothing new", "0", f"{nothing:.1f}", "", "", "0 %", ""],
    ]


class _Growth:
    """A folder with links to the files of a store, all but the last, and warehouses of them."""

    def __init__(self, store: Store, folder: Path) -> None:
        *others, self.last = sorted(store.datasets.iterdir())
        self._datasets, self._yardstick = folder / "datasets", folder / "yardstick"
        self._datasets.mkdir()
        self._yardstick.mkdir()
        for path in others:
            os.link(path, self._datasets / path.name)
        os.link(self.last, self._yardstick / self.last.name)

    def let_last_month_come(self) -> None:
        os.link(self.last, self._datasets / self.last.name)

    def etl(self, folder: Path) -> float:
        """Return the seconds of a process that loads what is there into a warehouse."""
        warehouse = folder / "warehouse.duckdb"
        options = ["--datasets", self._datasets, "--warehouse", warehouse, "--quiet"]
        return measure(["run_pipeline.py", "etl", *options]).seconds

    def timed_etl(self, folder: Path) -> _Timed:
        before = self._bare_script()
        seconds = self.etl(folder)
        return _Timed(seconds, mean([before, self._bare_script()]))

    def build(self, folder: Path) -> _Timed:
        shutil.rmtree(folder, ignore_errors=True)
        return self.timed_etl(folder)

    def add_month(self, six: Path) -> _Timed:
        """Add to a copy in the place of the original: elsewhere dbt would read the project anew."""
        copy = six.with_name("grown")
        shutil.copytree(six, copy)
        try:
            return self.timed_etl(copy)
        finally:
            shutil.rmtree(copy)

    def _bare_script(self) -> float:
        return measure(["-m", "benchmarks.bare_script", self._yardstick]).seconds


def _middle(timed: list[_Timed]) -> _Timed:
    return sorted(timed, key=lambda one: one.ratio)[len(timed) // 2]


def _figures(timed: _Timed) -> list[str]:
    return [f"{timed.seconds:.1f}", f"{timed.yardstick:.1f}", f"{timed.ratio:.2f}"]


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        newlines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 24), b""))
    return newlines - 1
