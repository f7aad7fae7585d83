"""How many customers are in each state of their life with the store, and what they spent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb

from pipeline.reporting.segment_report.audience import share
from pipeline.warehouse.connection import relation_exists

#: From the first visit to the last order.
STATES = ("prospect", "new", "active", "at_risk", "lapsed", "lost")


@dataclass(frozen=True)
class State:
    """The customers in one state; what may not be told is None.

    The shares are of all customers that are no automatic traffic, and of what they spent.
    """

    name: str
    user_count: int | None
    user_share: float | None
    revenue_share: float | None


@dataclass(frozen=True)
class Rules:
    """What the states were decided by; the last three are in multiples of the rhythm."""

    rhythm_days: float  # of the store
    repeat_buyer_count: int | None
    shortest_rhythm_days: int
    at_risk_after: float
    lapsed_after: float
    lost_after: float


@dataclass(frozen=True)
class Snapshot:
    """How many were in each of `STATES` at one snapshot date, of the users that are looked at."""

    snapshot_date: dt.date
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Lifecycle:
    """All states, also those in which nobody is; and the last twelve snapshot dates of them."""

    rules: Rules
    states: tuple[State, ...]
    automatic_user_count: int | None
    snapshots: tuple[Snapshot, ...] = ()


_STATES = """
select
    if(features.is_automatic, 'automatic', segments.lifecycle_state) as state,
    count(*) as user_count,
    sum(features.revenue)::decimal(38, 2) as revenue
from marts.user_segments as segments
inner join marts.user_features as features on segments.user_id = features.user_id
group by state
"""
_RULES = """
select
    rhythm_days, repeat_buyer_count, shortest_rhythm_days,
    at_risk_after, lapsed_after, lost_after
from core.store_rhythm
"""


_SNAPSHOT_DATES = """
select snapshot_date, lifecycle_state, user_count from marts.lifecycle_months order by all
"""
# A year of them is shown.
_SHOWN = 13


def gather_lifecycle(connection: duckdb.DuckDBPyConnection) -> Lifecycle | None:
    """Return how many are in each state; None where the warehouse knows of none.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not relation_exists(connection, "core", "store_rhythm"):
        return None
    rules = Rules(*connection.execute(_RULES).fetchall()[0])
    rows = {row[0]: row[1:] for row in connection.execute(_STATES).fetchall()}
    automatic_user_count = rows.pop("automatic", (0,))[0]
    user_count = sum(row[0] for row in rows.values())
    revenue = sum(row[1] for row in rows.values())
    return Lifecycle(
        rules,
        tuple(
            State(name, count, share(count, user_count), share(spent, revenue))
            for name in STATES
            for count, spent in [rows.get(name, (0, 0))]
        ),
        automatic_user_count,
        _snapshots(connection),
    )


def _snapshots(connection: duckdb.DuckDBPyConnection) -> tuple[Snapshot, ...]:
    found: dict[dt.date, dict[str, int]] = {}
    if relation_exists(connection, "marts", "lifecycle_months"):
        for snapshot_date, state, count in connection.execute(_SNAPSHOT_DATES).fetchall():
            found.setdefault(snapshot_date, {})[state] = count
    snapshots = [
        Snapshot(at, tuple(counts.get(state, 0) for state in STATES))
        for at, counts in found.items()
    ]
    return tuple(snapshots[-_SHOWN:])
