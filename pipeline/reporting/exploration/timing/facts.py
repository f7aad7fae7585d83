"""Events by day, month, weekday and hour, all in UTC."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import duckdb

from pipeline.reporting.exploration.compact_rows import HOURS
from pipeline.reporting.exploration.raw_columns import KINDS
from pipeline.reporting.exploration.timing.gaps import Gap, find_gaps


@dataclass(frozen=True)
class Timing:
    """Events by time.

    Attributes
    ----------
    first_event_at, last_event_at : datetime or None
    untimed_count : int
        Rows without a readable time.
    by_type : dict of str to int
        Of all rows; unknown types are `other`.
    by_month : dict of str to dict
        'yyyy-mm' to events by type.
    by_weekday, by_hour : lists of 7 and of 24 ints
        From Monday; from midnight.
    by_weekday_hour : 7 lists of 24 ints
    by_day : dict of date to int
        Only days with events.
    gaps : list of Gap
    """

    first_event_at: dt.datetime | None
    last_event_at: dt.datetime | None
    untimed_count: int
    by_type: dict[str, int]
    by_month: dict[str, dict[str, int]]
    by_weekday: list[int]
    by_hour: list[int]
    by_weekday_hour: list[list[int]]
    by_day: dict[dt.date, int]
    gaps: list[Gap]


_CELLS = f"""
select hour::date, hour(hour), kind::text, event_count, first_event_at, last_event_at
from {HOURS}
order by hour, kind
"""


def gather_timing(connection: duckdb.DuckDBPyConnection) -> Timing:
    """Count the events by time."""
    cells = connection.execute(_CELLS).fetchall()
    by_type, by_day = Counter[str](), Counter[dt.date]()
    by_month: dict[str, dict[str, int]] = {}
    grid = [[0] * 24 for _ in range(7)]
    for day, hour, kind, count, _, _ in cells:
        by_type[kind] += count
        if day is None:
            continue
        by_day[day] += count
        grid[day.weekday()][hour] += count
        month = by_month.setdefault(f"{day.year:04}-{day.month:02}", dict.fromkeys(KINDS, 0))
        month[kind] += count
    return Timing(
        first_event_at=min((cell[4] for cell in cells if cell[4]), default=None),
        last_event_at=max((cell[5] for cell in cells if cell[5]), default=None),
        untimed_count=sum(cell[3] for cell in cells if cell[0] is None),
        by_type={kind: by_type[kind] for kind in KINDS},
        by_month=by_month,
        by_weekday=[sum(row) for row in grid],
        by_hour=[sum(column) for column in zip(*grid, strict=True)],
        by_weekday_hour=grid,
        by_day=dict(sorted(by_day.items())),
        gaps=find_gaps(by_day),
    )
