"""Who moved between segments."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.reporting.segment_report.audience import share
from pipeline.reporting.segment_report.migrations.registry import Registry, gather_registry
from pipeline.reporting.segment_report.texts import gather_texts
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Place:
    """Where a customer was or is: in a segment, or in none, seen or not yet.

    Why a customer has no segment is left aside: the few robots would make many small counts.
    """

    segment_id: int | None
    is_seen: bool = True


@dataclass(frozen=True)
class Move:
    """From one snapshot date to the next, or from one model to the next.

    `counts` (n_former, n_later) are sampled customers; a hidden one is None.
    """

    kind: str  # 'month' or 'model'
    from_date: dt.date
    to_date: dt.date
    from_version: int
    to_version: int
    former: tuple[Place, ...]
    later: tuple[Place, ...]
    counts: tuple[tuple[int | None, ...], ...]
    stayed: float | None  # of those with a segment before: have the same id
    sampled_share: float
    names: dict[Place, dict[str, str]]  # of former segments, by language

    @property
    def hides(self) -> bool:
        """Whether a count is hidden."""
        return any(count is None for row in self.counts for count in row)


@dataclass(frozen=True)
class Migrations:
    """Who moved, and the segments that came and went; no registry where the warehouse has none."""

    migrations: tuple[Move, ...]
    registry: Registry | None = None


_LATEST = """
select * from marts.segment_migrations
where
    kind = ?
    and to_date = (select max(to_date) from marts.segment_migrations where kind = ?)
order by all
"""


def gather_migrations(connection: duckdb.DuckDBPyConnection) -> Migrations:
    """Return who moved, and which segments came and went.

    Parameters
    ----------
    connection : duckdb connection
    """
    return Migrations(_latest(connection), gather_registry(connection))


def _latest(connection: duckdb.DuckDBPyConnection) -> tuple[Move, ...]:
    """Return the moves between the last two snapshots, and those between the last two models."""
    if not relation_exists(connection, "marts", "segment_migrations"):
        return ()
    migrations = [_move(connection, kind) for kind in ("month", "model")]
    return tuple(move for move in migrations if move)


def _move(connection: duckdb.DuckDBPyConnection, kind: str) -> Move | None:
    found = connection.execute(_LATEST, [kind, kind])
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    if not rows:
        return None
    first = rows[0]
    counts: Counter[tuple[Place, Place]] = Counter()
    for row in rows:
        counts[_place(row, "from"), _place(row, "to")] += row["user_count"]
    former = _in_order({place for place, _ in counts})
    later = _in_order({place for _, place in counts})
    exact = tuple(tuple(counts[before, after] for after in later) for before in former)
    return Move(
        kind=kind,
        from_date=first["from_date"],
        to_date=first["to_date"],
        from_version=first["from_version"],
        to_version=first["to_version"],
        former=former,
        later=later,
        counts=exact,
        stayed=share(stayed(former, later, exact), with_segment(former, exact)),
        sampled_share=first["sampled_share"],
        names=_names(connection, first["from_version"]),
    )


def _place(row: dict[str, Any], end: str) -> Place:
    return Place(row[f"{end}_segment_id"], row[f"{end}_reason"] != "not_seen_yet")


def _in_order(places: set[Place]) -> tuple[Place, ...]:
    return tuple(
        sorted(
            places,
            key=lambda one: (one.segment_id is None, not one.is_seen, one.segment_id or 0),
        )
    )


def with_segment(former: Sequence[Place], counts: Sequence[Sequence[int]]) -> int:
    """Return how many had a segment before."""
    return sum(
        sum(row) for place, row in zip(former, counts, strict=True) if place.segment_id is not None
    )


def stayed(former: Sequence[Place], later: Sequence[Place], counts: Sequence[Sequence[int]]) -> int:
    """Return how many had a segment before and have the same afterwards."""
    return sum(
        row[later.index(place)]
        for place, row in zip(former, counts, strict=True)
        if place.segment_id is not None and place in later
    )


def _names(connection: duckdb.DuckDBPyConnection, version: int) -> dict[Place, dict[str, str]]:
    return {
        Place(segment): texts.names
        for (of_version, segment), texts in gather_texts(connection).items()
        if of_version == version
    }
