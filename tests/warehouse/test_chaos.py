"""Runs that are killed at random moments, and what is left of them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.publication import published_path
from tests.conftest import ROOT, Store

pytestmark = pytest.mark.slow

KILL_COUNT = 20
KILLS_A_ROUND = 5
CONTENT = (
    "select * from marts.user_features order by user_id",
    "select * from marts.user_segments order by user_id",
    "select * from marts.segment_profiles order by segment_id",
    "select * exclude (loaded_at, modified_at_ns) from core.loaded_files order by source_file",
)


def _published(store: Store) -> list[list[tuple]]:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        return [connection.execute(sql).fetchall() for sql in CONTENT]


def _put_aside(store: Store, folder: Path) -> None:
    """Copy warehouse and reports; the data folder does not change any more."""
    shutil.copytree(store.warehouse.parent, folder / "warehouse")
    shutil.copytree(store.reports, folder / "reports")


def _take_up(store: Store, folder: Path) -> None:
    """Go on from a copy, in the old place: elsewhere dbt would read the project again."""
    for part, place in (("warehouse", store.warehouse.parent), ("reports", store.reports)):
        shutil.rmtree(place)
        shutil.copytree(folder / part, place)


def _run_and_kill(store: Store, seconds: float) -> tuple[bool, float]:
    """Start a run and kill its process group after some seconds, unless it ended before.

    Returns whether it was killed, and the seconds it ran.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [
            sys.executable, str(ROOT / "run_pipeline.py"), "run", "--quiet",
            "--datasets", str(store.datasets),
            "--warehouse", str(store.warehouse),
            "--reports", str(store.reports),
        ],
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL, time.monotonic() - started


@pytest.mark.timeout(900)
def test_a_killed_run_leaves_the_publication_and_the_next_one_ends_as_if_nothing_had_been(
    demo_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed, a new and a re-sent file come; every fifth time the run may end."""
    store = Store(tmp_path / "data", tmp_path / "w" / "test.duckdb", tmp_path / "r")
    shutil.copytree(demo_store.datasets, store.datasets)
    shutil.copytree(demo_store.reports, store.reports)
    store.warehouse.parent.mkdir()
    for path in (demo_store.warehouse, published_path(demo_store.warehouse)):
        shutil.copy(path, store.warehouse.parent)
    before = _published(store)
    first, second, _ = sorted(store.datasets.iterdir())
    lines = first.read_text().splitlines()
    first.write_text("\n".join(lines[:-500]) + "\n")
    later = [line.replace("-01 ", "-02 ") for line in lines[1::5]]
    store.write("new.csv", *later)
    shutil.copy(second, store.datasets / "sent_again.csv")
    _put_aside(store, tmp_path / "start")
    started = time.monotonic()
    assert store.run().code == 0
    duration = time.monotonic() - started
    after, report = _published(store), (store.reports / "report.md").read_bytes()
    assert before != after

    moments = random.Random(20191001)
    kills = missed = 0
    while kills < KILL_COUNT:
        if kills % KILLS_A_ROUND == 0:
            _take_up(store, tmp_path / "start")
        is_killed, seconds = _run_and_kill(store, moments.uniform(0.3, duration))
        assert _published(store) in (before, after)
        if not is_killed:
            # A finished run leaves nothing new to do: the rest of the round starts over.
            missed += 1
            assert missed <= KILL_COUNT, f"only {kills} of {kills + missed} runs were killed"
            assert _published(store) == after
            duration = min(duration, max(seconds, 1.0))
            _take_up(store, tmp_path / "start")
            continue
        kills += 1
        if kills % KILLS_A_ROUND == 0:
            finished = store.run("run", "--quiet")
            assert finished.code == 0, finished.errors
            assert _published(store) == after
            assert (store.reports / "report.md").read_bytes() == report
    with capsys.disabled():
        print(f"\n{kills} kills while a run was under way ({missed} runs ended before)")
