"""What a run says of days on which the logging failed."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.progress import QuietReporter
from pipeline.remarks import warn_of_holes


class _Heard(QuietReporter):
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, text: str) -> None:
        self.sentences.append(text)


def _said_of_days(folder: Path, *counts: int) -> list[str]:
    """Return what is said of October days with so many events, holes where fewer than ten."""
    warehouse = folder / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema core")
        connection.execute(
            "create table core.days as select date '2019-10-01' + place::integer - 1 as visit_date,"
            " event_count, event_count < 10 as is_hole"
            " from (select unnest(?) as event_count, unnest(range(1, ?)) as place)",
            [list(counts), len(counts) + 1],
        )
    heard = _Heard()
    warn_of_holes(warehouse, heard)
    return heard.sentences


def test_a_hole_is_named_with_its_day_and_what_is_left_of_it(tmp_path: Path) -> None:
    assert _said_of_days(tmp_path, 1000, 0, 1000, 9) == [
        "Warning: 2019-10-02 has 0 events, less than a tenth of its neighbours.",
        "Warning: 2019-10-04 has 9 events, less than a tenth of its neighbours.",
    ]


def test_nothing_is_said_where_there_is_no_hole(tmp_path: Path) -> None:
    assert _said_of_days(tmp_path, 1000, 900) == []


def test_many_holes_are_counted_after_the_first_five(tmp_path: Path) -> None:
    said = _said_of_days(tmp_path, *[1] * 7)
    assert [sentence[9:19] for sentence in said[:5]] == [f"2019-10-0{day}" for day in range(1, 6)]
    assert said[5:] == ["Warning: there are 7 such days in all; see core.days."]
