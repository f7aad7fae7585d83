"""What one run leaves for the next: files that changed meanwhile, and runs that died half-way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.dbt_runner.invocation import run_dbt
from pipeline.dbt_runner.progress import BuildProgress
from pipeline.runtime.progress import QuietReporter
from tests.conftest import HEADER
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

PRICES = "select source_file, price from core.events order by all"
LEDGER = "select source_file, line_count, kept_revenue from core.loaded_files order by all"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workbench(tmp_path) as made:
        yield made


def _write(bench: Workbench, name: str, price: str, day: int = 1) -> Path:
    path = bench.datasets / name
    lines = [f"2019-10-0{day} 10:00:0{n} UTC,purchase,{n},5,,acme,{price},1,s" for n in range(3)]
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    return path


def _query(bench: Workbench, sql: str) -> list[tuple]:
    with duckdb.connect(str(bench.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _die_before_the_ledger(bench: Workbench, forget_files: tuple[str, ...] = ()) -> None:
    """Exchange the lines, and end before the ledger knows."""
    bench.edit("loaded_files", "select * from ledger", "select * from no_such_table")
    assert bench.try_run(forget_files)
    bench.take_back_edits()


def test_a_file_that_is_replaced_while_a_run_is_under_way_is_read_by_the_next_one(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(bench, "a.csv", "1.00")
    on_event = BuildProgress.on_event

    def replace_once_read(self: BuildProgress, event: Any) -> None:
        on_event(self, event)
        if event.info.name == "NodeFinished" and event.data.node_info.node_name == "event_lines":
            _write(bench, "a.csv", "2.00")

    with monkeypatch.context() as patched:
        patched.setattr(BuildProgress, "on_event", replace_once_read)
        bench.run()
    assert {price for _, price in _query(bench, PRICES)} == {1}
    bench.run()
    assert {price for _, price in _query(bench, PRICES)} == {2}
    assert _query(bench, LEDGER) == [("a.csv", 3, 6)]


@pytest.mark.long
def test_a_file_that_is_put_back_after_a_run_died_is_read_again(bench: Workbench) -> None:
    path = _write(bench, "a.csv", "1.00")
    status = path.stat()
    bench.run()
    _write(bench, "a.csv", "2.00")
    _die_before_the_ledger(bench)
    assert {price for _, price in _query(bench, PRICES)} == {2}
    _write(bench, "a.csv", "1.00")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    bench.run()
    assert {price for _, price in _query(bench, PRICES)} == {1}
    assert _query(bench, LEDGER) == [("a.csv", 3, 3)]


@pytest.mark.long
def test_a_forgotten_file_that_is_put_back_after_the_run_died_is_read_again(
    bench: Workbench,
) -> None:
    path = _write(bench, "a.csv", "1.00")
    _write(bench, "b.csv", "1.00", day=2)
    bench.run()
    before, aside = _query(bench, PRICES), bench.datasets.parent / "aside.csv"
    path.rename(aside)
    _die_before_the_ledger(bench, ("a.csv",))
    aside.rename(path)
    bench.run()
    assert _query(bench, PRICES) == before


@pytest.mark.long
def test_a_build_of_empty_models_forgets_no_file(bench: Workbench) -> None:
    path = _write(bench, "a.csv", "1.00")
    bench.run()
    path.unlink()
    result = run_dbt(
        ("run", "--empty", "--select", "path:dbt_project/models/staging", "loaded_files"),
        bench.settings,
        reporter=QuietReporter(),
        title="",
    )
    assert result.error is None
    _write(bench, "b.csv", "1.00", day=2)
    bench.run()
    assert _query(bench, LEDGER) == [("a.csv", 3, 3), ("b.csv", 3, 3)]


@pytest.mark.long
def test_a_file_that_is_gone_after_a_run_died_is_counted_as_it_was_read(bench: Workbench) -> None:
    path = _write(bench, "a.csv", "1.00")
    _write(bench, "b.csv", "1.00", day=2)
    bench.run()
    path.write_text(path.read_text().rsplit("\n", 2)[0] + "\n")
    _die_before_the_ledger(bench)
    path.unlink()
    bench.run()
    assert _query(bench, LEDGER) == [("a.csv", 2, 2), ("b.csv", 3, 3)]
    assert [name for name, _ in _query(bench, PRICES)] == 2 * ["a.csv"] + 3 * ["b.csv"]


@pytest.mark.long
def test_the_ledger_counts_what_a_build_without_it_has_changed(bench: Workbench) -> None:
    _write(bench, "a.csv", "2.00")
    # The same events at a lower price, which are kept as long as this file is there.
    cheaper = _write(bench, "b.csv", "1.00")
    bench.run()
    assert _query(bench, LEDGER) == [("a.csv", 3, 0), ("b.csv", 3, 3)]
    cheaper.unlink()
    result = run_dbt(
        ("build", "--select", "+user_features", "--exclude-resource-type", "test", "unit_test"),
        bench.settings,
        variables={"forget_files": ["b.csv"]},
        reporter=QuietReporter(),
        title="",
    )
    assert result.error is None
    bench.run()
    assert _query(bench, LEDGER) == [("a.csv", 3, 6)]
