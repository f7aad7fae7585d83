"""From files to totals of users: the same rows on both engines, whatever the files hold."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import HEADER
from tests.spark.comparison import QUERIES
from tests.spark.conftest import Engines
from tests.spark.months import write_odd_and_garbage
from tests.spark.odd_files import TIMES, line

pytestmark = [pytest.mark.spark, pytest.mark.long, pytest.mark.timeout(600)]

_CORE = ("--select", "path:dbt_project/models/staging", "path:dbt_project/models/core")
# Enough to show what changes where files come and go.
_LINES = ("--select", "+loaded_files", "+int_user_months", "rejected_events")


@pytest.fixture(scope="module")
def built(engines: Engines) -> Engines:
    """Odd files, garbage, and a month of plain ones."""
    write_odd_and_garbage(engines.datasets)
    _write_month(engines.datasets, 9)
    engines.build(*_CORE)
    return engines


@pytest.mark.parametrize("name", QUERIES)
def test_a_relation_is_equal_on_both_engines(built: Engines, name: str) -> None:
    assert built.differences(QUERIES[name]) == []


def test_the_seven_corners_are_decided_once(built: Engines) -> None:
    query = (
        "select line_number, rejection_reason from core.rejected_events"
        " where source_file = 'odd/corners.csv'"
    )
    assert built.differences(query) == []
    with_duckdb = built.rows_here(query)
    refused = {TIMES[n - 2] for n, reason in with_duckdb if n - 2 < len(TIMES) and reason}
    # Midnight as 24 o'clock, one digit of an hour, and two blanks are read as what they mean.
    assert refused.isdisjoint(TIMES[:3])
    assert set(TIMES[3:6]) <= refused


def test_a_month_more_leaves_the_others_untouched(built: Engines) -> None:
    before = _partitions(built.lake / "tables" / "core.db" / "int_sessions")
    _write_month(built.datasets, 12)
    built.build(*_LINES)
    after = _partitions(built.lake / "tables" / "core.db" / "int_sessions")
    assert {month: after[month] for month in before} == before
    assert after.keys() - before.keys() == {"visit_month=2019-12-01"}
    _check(built, "event_lines", "loaded_files", "sessions", "int_user_months")


def test_files_are_replaced_and_forgotten(built: Engines) -> None:
    _write_month(built.datasets, 9, first_user=500)
    (built.datasets / "odd" / "repeated.csv").unlink()
    built.build(*_LINES, forget=["odd/repeated.csv"])
    _check(built, "event_lines", "loaded_files", "sessions", "int_user_months")


@pytest.mark.parametrize("seconds", [8, 14])
def test_a_killed_run_is_made_good_by_the_next(built: Engines, seconds: int) -> None:
    _write_month(built.datasets, 11, first_user=1000 * seconds)
    built.begin_on_spark(*_LINES)
    time.sleep(seconds)
    built.kill_spark()
    built.build(*_LINES)
    _check(built, "event_lines", "loaded_files", "sessions", "int_user_months")


def test_a_file_that_is_refused_as_a_whole_changes_nothing(built: Engines) -> None:
    path = built.datasets / "wrong.csv"
    path.write_text("\n".join([HEADER, *["torn"] * 20]) + "\n")
    errors = built.build_on_spark(*_LINES, max_rejected_share=0.5)
    path.unlink()
    assert any("wrong.csv was not loaded: 20 of its 20 lines are refused" in e for e in errors)
    _check(built, "event_lines", "loaded_files")


def _check(engines: Engines, *names: str) -> None:
    for name in names:
        assert (name, engines.differences(QUERIES[name])) == (name, [])


def _write_month(folder: Path, month: int, first_user: int = 0) -> None:
    lines = [
        line(
            number,
            event_time=f"2019-{month:02}-{1 + number % 28:02} 10:{number % 60:02}:00 UTC",
            event_type=("view", "cart", "purchase")[number % 3],
            product_id=str(number % 17),
            user_id=str(first_user + number % 40),
            user_session=f"m{month}-{number // 3}",
        )
        for number in range(400)
    ]
    (folder / f"2019-{month:02}.csv").write_text("\n".join([HEADER, *lines]) + "\n")


def _partitions(table: Path) -> dict[str, list[tuple[str, int]]]:
    """Return the files of each partition with their times of change."""
    return {
        folder.name: sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
        for folder in table.glob("visit_month=*")
    }
