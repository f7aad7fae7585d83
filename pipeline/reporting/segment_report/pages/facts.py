"""What only the page of a segment shows: its week, favourites, states and contrasts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipeline.reporting.segment_report.audience import share
from pipeline.reporting.segment_report.features import topic
from pipeline.reporting.segment_report.lifecycle.facts import STATES
from pipeline.reporting.segment_report.profiles.facts import NOTABLE_DEVIATION, TRAIT_COUNT, Trait
from pipeline.warehouse.connection import relation_exists

_PRICES = ("average_order_value", "mean_viewed_price", "price_level")
# So many of the ten categories and brands are shown.
_SHOWN = 5


@dataclass(frozen=True)
class Favourite:
    """A category or a brand; the shares are of the events of the segment, and of everyone's."""

    name: str
    has_name: bool
    user_count: int
    event_share: float
    everyone_share: float


@dataclass(frozen=True)
class StateCount:
    """The members in one state; what may not be told is None."""

    state: str
    user_count: int | None
    user_share: float | None


@dataclass(frozen=True)
class Hour:
    """The share of the visits that began in one hour of the week; None where it is of few."""

    share: float | None
    user_count: int


@dataclass(frozen=True)
class Character:
    """One segment: `hours` by day of the week, from 1, and hour; `days` as shares of visits."""

    hours: dict[tuple[int, int], Hour] = field(default_factory=dict)
    days: dict[int, float] = field(default_factory=dict)
    categories: tuple[Favourite, ...] = ()
    brands: tuple[Favourite, ...] = ()
    states: tuple[StateCount, ...] = ()
    contrasts: tuple[Trait, ...] = ()  # beside the buyers
    prices: tuple[Trait, ...] = ()  # likewise, however near


_HOURS = """
select segment_id, day_of_week, hour_of_day, visit_count, user_count from marts.segment_hours
order by all
"""
_FAVOURITES = """
select segment_id, kind, shelf, has_name, user_count, event_share, everyone_share
from marts.segment_favourites
order by segment_id, kind, place
"""
_STATES = "select segment_id, lifecycle_state, user_count from marts.segment_states order by all"
_CONTRASTS = """
select segment_id, feature_name, median_value, buyers_median, deviation
from marts.segment_buyer_contrasts
order by all
"""
_Rows = dict[int, list[tuple[Any, ...]]]


def gather_characters(connection: duckdb.DuckDBPyConnection) -> dict[int, Character]:
    """Return what each segment is like, by its id; of an older warehouse, nothing.

    Parameters
    ----------
    connection : duckdb connection
    """
    hours = _by_segment(connection, "segment_hours", _HOURS)
    favourites = _by_segment(connection, "segment_favourites", _FAVOURITES)
    states = _by_segment(connection, "segment_states", _STATES)
    contrasts = _by_segment(connection, "segment_buyer_contrasts", _CONTRASTS)
    return {
        segment: Character(
            hours=_hours(hours.get(segment, [])),
            days=_days(hours.get(segment, [])),
            categories=_favourites(favourites.get(segment, []), "category"),
            brands=_favourites(favourites.get(segment, []), "brand"),
            states=_states(states.get(segment, [])),
            contrasts=_contrasts(contrasts.get(segment, [])),
            prices=_prices(contrasts.get(segment, [])),
        )
        for segment in {*hours, *favourites, *states, *contrasts}
    }


def _by_segment(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> _Rows:
    found: _Rows = {}
    if relation_exists(connection, "marts", name):
        for segment, *values in connection.execute(query).fetchall():
            found.setdefault(segment, []).append(tuple(values))
    return found


def _hours(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[int, int], Hour]:
    visits = sum(row[2] for row in rows)
    return {(day, hour): Hour(share(count, visits), users) for day, hour, count, users in rows}


def _days(rows: Sequence[tuple[Any, ...]]) -> dict[int, float]:
    visits = sum(row[2] for row in rows)
    days = {row[0] for row in rows}
    return {day: share(sum(row[2] for row in rows if row[0] == day), visits) for day in days}


def _favourites(rows: Iterable[tuple[Any, ...]], kind: str) -> tuple[Favourite, ...]:
    return tuple(Favourite(*row[1:]) for row in rows if row[0] == kind)[:_SHOWN]


def _states(rows: Iterable[tuple[Any, ...]]) -> tuple[StateCount, ...]:
    counts = dict(rows)
    members = sum(counts.values())
    found = ((state, counts.get(state, 0)) for state in STATES)
    return tuple(StateCount(state, count, share(count, members)) for state, count in found)


def _prices(rows: Iterable[tuple[Any, ...]]) -> tuple[Trait, ...]:
    found = {row[0]: Trait(*row) for row in rows if None not in row}
    return tuple(found[name] for name in _PRICES if name in found)


def _contrasts(rows: Iterable[tuple[Any, ...]]) -> tuple[Trait, ...]:
    """Return the features in which a segment differs most from the buyers, one of each topic."""
    traits = [Trait(*row) for row in rows if abs(row[-1] or 0.0) >= NOTABLE_DEVIATION]
    chosen: dict[str, Trait] = {}
    for trait in sorted(traits, key=lambda one: -abs(one.deviation)):
        chosen.setdefault(topic(trait.feature), trait)
    return tuple(chosen.values())[:TRAIT_COUNT]
