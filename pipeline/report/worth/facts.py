"""What the members of each segment did in the month after a moment, and how much that explains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.report.privacy import coarse_count, is_small
from pipeline.warehouse import relation_exists

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


@dataclass(frozen=True)
class SegmentWorth:
    """One segment in the month after the moment. What rests on too few people is None."""

    segment_id: int
    user_count: int | None
    buying: Estimate | None
    revenue: Estimate | None
    returning: Estimate | None


@dataclass(frozen=True)
class MomentShares:
    """Share of the variance of log(1 + next month's revenue) explained, by scheme."""

    moment: dt.date
    user_count: int
    is_coarse: bool
    shares: dict[str, float | None]
    held_out: dict[str, float | None]


@dataclass(frozen=True)
class MomentBuying:
    """Who bought in the month after one moment: the average, and each segment that may be shown."""

    moment: dt.date
    average: float | None
    segments: dict[int, Estimate]


@dataclass(frozen=True)
class Worth:
    """The latest moment with an outcome by segment, and every moment as a whole.

    `average` is that of everybody with a segment, each figure over the segments that show it.
    """

    moment: dt.date
    user_count: int
    is_coarse: bool
    average: dict[str, float | None]
    segments: tuple[SegmentWorth, ...]
    shares: tuple[MomentShares, ...]
    history: tuple[MomentBuying, ...] = ()  # of every moment, the latest last


_VALUES = """
select * from marts.segment_value
where scheme in ('segment', 'all')
order by moment, scheme, try_cast(group_id as integer)
"""
_SHARES = """
select
    shares.moment, shares.scheme, shares.user_count, shares.variance_share, shares.held_out_share,
    (
        select coalesce(sum(value.user_count), 0)
        from marts.segment_value as value
        where
            value.moment = shares.moment and value.scheme = 'segment'
            and value.user_count between 1 and ? - 1
    ) as hidden_count
from marts.value_shares as shares
order by shares.moment, shares.scheme
"""
# measure -> rate or mean, and the people whom it rests on
_MEASURES = {
    "buying": ("buyer_rate", "buyer_count"),
    "revenue": ("mean_revenue", "buyer_count"),
    "returning": ("return_rate", "returner_count"),
}


def gather_worth(connection: duckdb.DuckDBPyConnection, minimum: int) -> Worth | None:
    """Return what the segments were worth; None where no month followed a moment.

    Where a segment may not be shown, the average is that of the others: from an average of all,
    the missing one could be worked out.

    Parameters
    ----------
    connection : duckdb connection
    minimum : int
        No group of fewer people is shown.
    """
    values = _values(connection)
    rows = values[max(values)] if values else []
    segments = [row for row in rows if row["scheme"] == "segment"]
    if not segments:
        return None
    everybody = next(row for row in rows if row["scheme"] == "all")
    counts = [row["user_count"] for row in segments]
    hidden = sum(count for count in counts if is_small(count, minimum))
    average = {name: _average(name, segments, everybody, minimum) for name in _MEASURES}
    return Worth(
        moment=everybody["moment"],
        user_count=_without(hidden, everybody["user_count"]),
        is_coarse=hidden > 0,
        average=average,
        segments=tuple(_segment(row, average, minimum) for row in segments),
        shares=_shares(connection, minimum),
        history=tuple(_buying(at, rows, minimum) for at, rows in values.items()),
    )


def latest_values(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the exact figures of segments and everybody at the latest moment with an outcome."""
    values = _values(connection)
    return values[max(values)] if values else []


def _values(connection: duckdb.DuckDBPyConnection) -> dict[dt.date, list[dict[str, Any]]]:
    """Return the exact figures of segments and everybody at every moment with an outcome."""
    if not all(relation_exists(connection, "marts", name) for name in _RELATIONS):
        return {}
    found = connection.execute(_VALUES)
    columns = [column[0] for column in found.description]
    values: dict[dt.date, list[dict[str, Any]]] = {}
    for row in found.fetchall():
        named = dict(zip(columns, row, strict=True))
        values.setdefault(named["moment"], []).append(named)
    return values


def _buying(moment: dt.date, rows: list[dict[str, Any]], minimum: int) -> MomentBuying:
    """Return one moment by the rules of the latest: what may not be shown leaves the average."""
    segments = [row for row in rows if row["scheme"] == "segment"]
    everybody = next(row for row in rows if row["scheme"] == "all")
    average = _average("buying", segments, everybody, minimum)
    return MomentBuying(
        moment,
        average,
        {
            int(row["group_id"]): _estimate(row, _MEASURES["buying"][0], average)
            for row in segments
            if is_shown("buying", row, minimum)
        },
    )


def is_shown(measure: str, row: dict[str, Any], minimum: int) -> bool:
    """Tell whether neither those who did nor those who did not are too few."""
    count, users = row[_MEASURES[measure][1]], row["user_count"]
    hides_rest = measure != "revenue" and is_small(users - count, minimum)
    return not (is_small(users, minimum) or is_small(count, minimum) or hides_rest)


def _average(
    measure: str, segments: Iterable[dict[str, Any]], everybody: dict[str, Any], minimum: int
) -> float | None:
    column = _MEASURES[measure][0]
    rows = list(segments)
    shown = [row for row in rows if is_shown(measure, row, minimum)]
    if len(shown) == len(rows):
        return float(everybody[column])
    users = sum(row["user_count"] for row in shown)
    return sum(row[column] * row["user_count"] for row in shown) / users if users else None


def _segment(row: dict[str, Any], average: dict[str, float | None], minimum: int) -> SegmentWorth:
    estimates = {
        name: _estimate(row, column, average[name]) if is_shown(name, row, minimum) else None
        for name, (column, _) in _MEASURES.items()
    }
    return SegmentWorth(
        segment_id=int(row["group_id"]),
        user_count=None if is_small(row["user_count"], minimum) else row["user_count"],
        **estimates,
    )


def _estimate(row: dict[str, Any], column: str, average: float | None) -> Estimate:
    value = float(row[column])
    lift = value / average if average else None
    return Estimate(value, row[f"{column}_lower"], row[f"{column}_upper"], lift)


def _shares(connection: duckdb.DuckDBPyConnection, minimum: int) -> tuple[MomentShares, ...]:
    moments: dict[dt.date, MomentShares] = {}
    for moment, scheme, count, share, held_out, hidden in connection.execute(
        _SHARES, [minimum]
    ).fetchall():
        empty = MomentShares(moment, _without(int(hidden), count), hidden > 0, {}, {})
        found = moments.setdefault(moment, empty)
        found.shares[scheme] = share
        found.held_out[scheme] = held_out
    return tuple(moments.values())


def _without(hidden: int, count: int) -> int:
    """Return a total, rounded and without the small groups where there are any."""
    return coarse_count(count - hidden) if hidden else count
