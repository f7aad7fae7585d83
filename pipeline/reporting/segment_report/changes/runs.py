"""What changed since the run that the publication before was of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class SizeChange:
    """How many were in a segment at two snapshot dates, of the users that are looked at."""

    segment_id: int
    former_count: int
    later_count: int

    @property
    def change(self) -> float:
        """The share by which it grew, below 0 where it shrank."""
        return self.later_count / self.former_count - 1


@dataclass(frozen=True)
class Growth:
    """How many more there are, and of how many there were; what may not be told is None.

    `part` are the people whom the difference is of, at the least.
    """

    more: int | Decimal | None
    former: int | Decimal
    part: int


@dataclass(frozen=True)
class SinceRun:
    """What changed since the former run.

    Attributes
    ----------
    data_until : date
        The last day that the former run saw.
    file_count : int
        Files that were loaded since then.
    users, buyers, revenue : Growth
        Of all customers.
    has_other_model : bool
        Whether the segments are those of another model; then they are not compared.
    sizes : tuple of SizeChange
        By segment.
    """

    data_until: dt.date
    file_count: int
    users: Growth
    buyers: Growth
    revenue: Growth
    has_other_model: bool
    sizes: tuple[SizeChange, ...]


_RUNS = "select run_started_at, former_run_started_at from ops.publication"
_SEGMENTS = """
select as_of, model_version, segment_id, user_count, buyer_count, revenue
from marts.run_segments
where started_at = ?
order by segment_id
"""
# By the files themselves: a run that was killed has loaded some, and noted nothing.
_FILES = "select count(*) from core.loaded_files where loaded_at > ?"
# Who has ordered since then. A late file may add orders of before: then this is too few, but who
# became a buyer is one more.
_ORDERED_SINCE = """
select count(*) from marts.user_features
where not is_automatic and purchase_recency_days < ?
"""


def gather_since_run(connection: duckdb.DuckDBPyConnection) -> SinceRun | None:
    """Return what changed since the publication before, None where there was none."""
    if not relation_exists(connection, "marts", "run_segments"):
        return None
    if not relation_exists(connection, "ops", "publication"):
        return None
    latest, former = connection.execute(_RUNS).fetchall()[0]
    found = [connection.execute(_SEGMENTS, [run]).fetchall() for run in (former, latest)]
    if not all(found):
        return None
    (former_end, former_model, *_), (latest_end, latest_model, *_) = (rows[0] for rows in found)
    days = (latest_end - former_end).days
    ordered = connection.execute(_ORDERED_SINCE, [days]).fetchall()[0][0]
    (users, buyers, revenue), later = ([sum(column) for column in _sums(rows)] for rows in found)
    return SinceRun(
        former_end - dt.timedelta(days=1),
        connection.execute(_FILES, [former]).fetchall()[0][0],
        Growth(later[0] - users, users, abs(later[0] - users)),
        Growth(later[1] - buyers, buyers, abs(later[1] - buyers)),
        Growth(later[2] - revenue, revenue, max(ordered, abs(later[1] - buyers))),
        former_model != latest_model,
        _sizes(*found) if former_model == latest_model else (),
    )


def _sums(rows: list[tuple]) -> list[tuple]:
    return list(zip(*((row[3], row[4], row[5]) for row in rows), strict=True))


def _sizes(former: list[tuple], latest: list[tuple]) -> tuple[SizeChange, ...]:
    before = {row[2]: row[3] for row in former}
    return tuple(
        SizeChange(row[2], before[row[2]], row[3])
        for row in latest
        if row[2] is not None and before.get(row[2])
    )
