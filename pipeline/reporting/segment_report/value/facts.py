"""What the members of each segment did in the month after a moment, and how much that explains."""

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
class SegmentWorth:
    """One segment in the month after a moment. What is hidden is None."""

    segment_id: int
    user_count: int | None
    buyer_count: int | None
    returner_count: int | None
    buying: Estimate | None
    revenue: Estimate | None
    returning: Estimate | None


@dataclass(frozen=True)
class Moment:
    """The month after one moment. The average is that of all with a segment then, by measure."""

    moment: dt.date
    user_count: Total
    average: dict[str, float | None]
    segments: tuple[SegmentWorth, ...]


@dataclass(frozen=True)
class MomentShares:
    """Share of the variance of log(1 + next month's revenue) explained, by scheme."""

    moment: dt.date
    user_count: Total
    shares: dict[str, float | None]
    held_out: dict[str, float | None]


@dataclass(frozen=True)
class Worth:
    """Every moment with an outcome, the latest last."""

    moments: tuple[Moment, ...]
    shares: tuple[MomentShares, ...]

    @property
    def latest(self) -> Moment:
        """The latest moment with an outcome."""
        return self.moments[-1]


_VALUES = """
select * from marts.segment_value
where scheme in ('segment', 'all')
order by moment, scheme, try_cast(group_id as integer)
"""
_SHARES = """
select moment, scheme, user_count, variance_share, held_out_share
from marts.value_shares
order by moment, scheme
"""
# measure -> column of the rate or mean
MEASURES = {"buying": "buyer_rate", "revenue": "mean_revenue", "returning": "return_rate"}


def gather_worth(connection: duckdb.DuckDBPyConnection) -> Worth | None:
    """Return what the segments were worth; None where no month followed a moment.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not all(relation_exists(connection, "marts", name) for name in _RELATIONS):
        return None
    found = connection.execute(_VALUES)
    columns = [column[0] for column in found.description]
    moments: dict[dt.date, list[dict[str, Any]]] = {}
    for row in found.fetchall():
        named = dict(zip(columns, row, strict=True))
        moments.setdefault(named["moment"], []).append(named)
    if not moments:
        return None
    return Worth(tuple(map(_moment, moments.values())), _shares(connection))


def _moment(rows: list[dict[str, Any]]) -> Moment:
    everybody = next(row for row in rows if row["scheme"] == "all")
    return Moment(
        moment=everybody["moment"],
        user_count=Total(everybody["user_count"]),
        average={name: float(everybody[column]) for name, column in MEASURES.items()},
        segments=tuple(_segment(row, everybody) for row in rows if row["scheme"] == "segment"),
    )


def _segment(row: dict[str, Any], everybody: dict[str, Any]) -> SegmentWorth:
    return SegmentWorth(
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


def _shares(connection: duckdb.DuckDBPyConnection) -> tuple[MomentShares, ...]:
    moments: dict[dt.date, MomentShares] = {}
    for moment, scheme, count, share, held_out in connection.execute(_SHARES).fetchall():
        found = moments.setdefault(moment, MomentShares(moment, Total(count), {}, {}))
        found.shares[scheme] = share
        found.held_out[scheme] = held_out
    return tuple(moments.values())
