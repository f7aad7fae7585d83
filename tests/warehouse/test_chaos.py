"""Runs that are killed at random moments, and what is left of them."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.relations import contents
from tests.warehouse.conftest import Disturbed

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROUNDS_OF_UPDATES = 3
KILLS_A_ROUND = 5
# What a first run takes more than one that adds to a warehouse: it trains.
SECONDS_OF_TRAINING = 8.0


@dataclass
class Round:
    """Runs of one store that are killed one after the other, until one may end.

    Attributes
    ----------
    store : in one place all the time: elsewhere dbt would read the project again
    start : what warehouse and reports are at the beginning; None where there are none
    before, after : the publication at the beginning and after a whole run
    report : after a whole run
    seconds : how long a run takes
    """

    store: Store
    start: Path | None
    before: dict[str, list[tuple]]
    after: dict[str, list[tuple]]
    report: bytes
    seconds: float
    missed: int = 0

    def begin(self) -> None:
        for place in (self.store.warehouse.parent, self.store.reports):
            shutil.rmtree(place, ignore_errors=True)
            if self.start:
                shutil.copytree(self.start / place.name, place)

    def kill(self, moments: random.Random) -> None:
        """Kill a run; one that has ended before leaves nothing to do, so all starts over."""
        while not self._run_is_killed(moments.uniform(0.3, self.seconds)):
            self.missed += 1
            assert self.missed <= KILLS_A_ROUND, "too few of the runs were killed"
            assert self._published() == self.after
            self.begin()
        assert self._published() in (self.before, self.after)

    def end(self) -> None:
        finished = self.store.run("run", "--quiet")
        assert finished.code == 0, finished.errors
        assert self._published() == self.after
        assert (self.store.reports / "report.md").read_bytes() == self.report

    def _run_is_killed(self, seconds: float) -> bool:
        """Start a run and kill it after some seconds, unless it ends before."""
        started = time.monotonic()
        process = self.store.start()
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        if process.returncode == -signal.SIGKILL:
            return True
        self.seconds = min(self.seconds, max(time.monotonic() - started, 1.0))
        return False

    def _published(self) -> dict[str, list[tuple]]:
        path = published_path(self.store.warehouse)
        return contents(path) if path.exists() else {}


def _first_runs(demo_store: Store, folder: Path, seconds: float) -> Round:
    store = Store(demo_store.datasets, folder / "w" / "store.duckdb", folder / "reports")
    after = contents(published_path(demo_store.warehouse))
    report = (demo_store.reports / "report.md").read_bytes()
    return Round(store, None, {}, after, report, seconds)


def _updates(disturbed: Disturbed, folder: Path) -> Round:
    return Round(
        disturbed.copy(folder),
        disturbed.store.warehouse.parent.parent,
        disturbed.before,
        disturbed.after,
        disturbed.report,
        disturbed.seconds,
    )


@pytest.mark.timeout(900)
def test_killed_runs_leave_the_publication_and_the_next_one_ends_as_if_nothing_had_been(
    demo_store: Store,
    disturbed: Disturbed,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Five runs without a warehouse, and three times five that find files that came and changed."""
    updates = _updates(disturbed, tmp_path / "updates")
    seconds_of_first = disturbed.seconds + SECONDS_OF_TRAINING
    first_runs = _first_runs(demo_store, tmp_path / "first", seconds_of_first)
    moments = random.Random(20191001)
    for each in (first_runs, *[updates] * ROUNDS_OF_UPDATES):
        each.begin()
        for _ in range(KILLS_A_ROUND):
            each.kill(moments)
        each.end()
    kills = KILLS_A_ROUND * (1 + ROUNDS_OF_UPDATES)
    record_property(
        "cases",
        f"{kills} kills while a run was under way, {KILLS_A_ROUND} of them in a first run"
        f" ({first_runs.missed + updates.missed} runs ended before)",
    )
