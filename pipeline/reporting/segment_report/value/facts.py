"""What the members of each segment did in the month after a snapshot, and what that explains."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Total
from pipeline.warehouse.connection import relation_exists

# In the order of the columns.
SCHEMES = ("segment", "rfm_group", "rfm_cell", "boosting")
_RELATIONS = ("segment_value", "value_shares")


@dataclass(frozen=True)
class Estimate:
    """A rate or a mean with its 95 % interval, and how many times the average it is."""

    value: float
    lower: float | None
    upper: float | None
    lift: float | None

    @property
    def has_interval(self) -> bool:
        """Whether there is one: where all did the same, nothing tells how certain that is."""
        return None not in (self.lower, self.upper) and self.lower != self.upper


@dataclass(frozen=True)
class SegmentValue:
    """One segment in the month after a snapshot date. What is hidden is None."""

    segment_id: int
    user_count: int | None
    buyer_count: int | None
    returner_count: int | None
    buying: Estimate | None
    revenue: Estimate | None
    returning: Estimate | None


@dataclass(frozen=True)
class Snapshot:
    """The month after one snapshot. The average is that of all with a segment then, by measure."""

    snapshot_date: dt.date
    user_count: Total
    average: dict[str, float | None]
    segments: tuple[SegmentValue, ...]


@dataclass(frozen=True)
class SnapshotShares:
    """Share of the variance of log(1 + next month's revenue) explained, by scheme."""

    snapshot_date: dt.date
    user_count: Total
    shares: dict[str, float | None]
    held_out: dict[str, float | None]


@dataclass(frozen=True)
class Values:
    """Every snapshot date with an outcome, the latest last."""

    snapshots: tuple[Snapshot, ...]
    shares: tuple[SnapshotShares, ...]

    @property
    def latest(self) -> Snapshot:
        """The latest snapshot date with an outcome."""
        return self.snapshots[-1]


_VALUES = """
select * from marts.segment_value
where scheme in ('segment', 'all')
order by snapshot_date, scheme, try_cast(group_id as integer)
"""
_SHARES = """
select snapshot_date, scheme, user_count, variance_share, held_out_share
from marts.value_shares
order by snapshot_date, scheme
"""
# measure -> column of the rate or mean
MEASURES = {"buying": "buyer_rate", "revenue": "mean_revenue", "returning": "return_rate"}


def gather_values(connection: duckdb.DuckDBPyConnection) -> Values | None:
    """Return what the segments were worth; None where no month followed a snapshot date.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not all(relation_exists(connection, "marts", name) for name in _RELATIONS):
        return None
    found = connection.execute(_VALUES)
    columns = [column[0] for column in found.description]
    snapshots: dict[dt.date, list[dict[str, Any]]] = {}
    for row in found.fetchall():
        named = dict(zip(columns, row, strict=True))
        snapshots.setdefault(named["snapshot_date"], []).append(named)
    if not snapshots:
        return None
    return Values(tuple(map(_snapshot, snapshots.values())), _shares(connection))


def _snapshot(rows: list[dict[str, Any]]) -> Snapshot:
    everybody = next(row for row in rows if row["scheme"] == "all")
    return Snapshot(
        snapshot_date=everybody["snapshot_date"],
        user_count=Total(everybody["user_count"]),
        average={name: float(everybody[column]) for name, column in MEASURES.items()},
        segments=tuple(_segment(row, everybody) for row in rows if row["scheme"] == "segment"),
    )


def _segment(row: dict[str, Any], everybody: dict[str, Any]) -> SegmentValue:
    return SegmentValue(
        segment_id=int(row["group_id"]),
        user_count=row["user_count"],
        buyer_count=row["buyer_count"],
        returner_count=row["returner_count"],
        **{name: _estimate(row, column, everybody) for name, column in MEASURES.items()},
    )


def _estimate(row: dict[str, Any], column: str, everybody: dict[str, Any]) -> Estimate:
    value, average = float(row[column]), everybody[column]
    lift = value / average if average else None
    return Estimate(value, row[f"{column}_lower"], row[f"{column}_upper"], lift)


def _shares(connection: duckdb.DuckDBPyConnection) -> tuple[SnapshotShares, ...]:
    snapshots: dict[dt.date, SnapshotShares] = {}
    for snapshot_date, scheme, count, share, held_out in connection.execute(_SHARES).fetchall():
        found = snapshots.setdefault(
            snapshot_date, SnapshotShares(snapshot_date, Total(count), {}, {})
        )
        found.shares[scheme] = share
        found.held_out[scheme] = held_out
    return tuple(snapshots.values())
