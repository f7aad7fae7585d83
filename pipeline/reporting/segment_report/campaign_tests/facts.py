"""How large a test of a campaign has to be, in each segment and in several together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Plan:
    """How large a fair test has to be; `state` is one of those of `marts.experiment_sizes`.

    `arm_size` is the customers that each half needs, None where no size is enough;
    `detectable_effect` the smallest relative effect that half of them against the other half shows.
    """

    state: str
    segment_size: int
    base_rate: float | None
    effect: float
    arm_size: int | None
    detectable_effect: float | None


@dataclass(frozen=True)
class Window:
    """A test within a segment for so many months, by what was measured from `snapshot_date` on."""

    months: int
    snapshot_date: dt.date | None
    responder_count: int
    measured_count: int
    plan: Plan


@dataclass(frozen=True)
class Pool:
    """Segments that are tested as one, those with most responders first."""

    groups: tuple[int, ...]
    plan: Plan


@dataclass(frozen=True)
class SegmentExperiment:
    """The tests within one segment, the shortest first; none where they rest on too few people."""

    segment_id: int
    windows: tuple[Window, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The test of one month; None where it may not be shown."""
        return next((one.plan for one in self.windows if one.months == 1), None)

    @property
    def window(self) -> Window | None:
        """The shortest of the longer ones that suffices, else the longest; None without any."""
        longer = [one for one in self.windows if one.months > 1]
        enough = [one for one in longer if one.plan.state == "feasible"]
        return next(iter(enough or longer[-1:]), None)


@dataclass(frozen=True)
class Experiments:
    """A test within each segment; the past response is that of the month after `snapshot_date`."""

    effect: float
    snapshot_date: dt.date
    segments: tuple[SegmentExperiment, ...]
    pools: tuple[Pool, ...] = ()  # the fewest segments first

    @property
    def pool(self) -> Pool | None:
        """The fewest segments that suffice together, else all that are there to pool."""
        enough = [one for one in self.pools if one.plan.state == "feasible"]
        return next(iter(enough or self.pools[-1:]), None)


_EXPERIMENTS = """
select
    experiment, segment_id, segment_count, pool_place, month_count, snapshot_date, responder_count,
    measured_count,
    state, customer_count, base_rate, effect, customers_per_arm, smallest_effect
from marts.experiment_sizes
order by segment_id, month_count, segment_count
"""


def gather_experiments(connection: duckdb.DuckDBPyConnection) -> Experiments | None:
    """Return how large a fair test in each segment is; None where no response was measured.

    Parameters
    ----------
    connection : duckdb connection
        Of an older warehouse, too, which has no such relation.
    """
    if not relation_exists(connection, "marts", "experiment_sizes"):
        return None
    found = connection.execute(_EXPERIMENTS)
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    alone = [row for row in rows if row["experiment"] == "segment"]
    snapshots = [
        row["snapshot_date"] for row in alone if row["month_count"] == 1 and row["snapshot_date"]
    ]
    if not snapshots:
        return None
    order = sorted(
        (row["pool_place"], row["segment_id"]) for row in alone if row["pool_place"] is not None
    )
    return Experiments(
        effect=alone[0]["effect"],
        snapshot_date=snapshots[0],
        segments=_segments(alone),
        pools=tuple(
            Pool(tuple(segment for _, segment in order[: row["segment_count"]]), _plan(row))
            for row in rows
            if row["experiment"] == "pool"
        ),
    )


def _segments(rows: list[dict[str, Any]]) -> tuple[SegmentExperiment, ...]:
    windows: dict[int, tuple[Window, ...]] = {}
    for row in rows:
        window = Window(
            months=row["month_count"],
            snapshot_date=row["snapshot_date"],
            responder_count=row["responder_count"],
            measured_count=row["measured_count"],
            plan=_plan(row),
        )
        windows[row["segment_id"]] = (*windows.get(row["segment_id"], ()), window)
    return tuple(SegmentExperiment(*each) for each in windows.items())


def _plan(row: dict[str, Any]) -> Plan:
    return Plan(
        state=row["state"],
        segment_size=row["customer_count"],
        base_rate=row["base_rate"],
        effect=row["effect"],
        arm_size=row["customers_per_arm"],
        detectable_effect=row["smallest_effect"],
    )
