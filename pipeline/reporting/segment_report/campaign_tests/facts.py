"""How large a test of a campaign has to be, in each segment and in several together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from ml.outcomes.campaign import TestPlan, TestPool, TestWindow, plan_pool, plan_test, plan_window
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.value.facts import SegmentWorth, Worth
from pipeline.warehouse.connection import relation_exists

# Smallest relative effect that a test is planned for: a rate one tenth higher. A rarer success than
# that is hardly worth a campaign; a larger effect needs fewer customers.
EFFECT = 0.10


@dataclass(frozen=True)
class Response:
    """How many members of a segment bought within so many months after a moment."""

    months: int
    moment: dt.date
    buyer_count: int
    user_count: int


@dataclass(frozen=True)
class SegmentTrial:
    """A test within one segment; `plan` is None where it rests on too few people to be shown.

    `responses` are those of longer windows, the shortest first.
    """

    segment_id: int
    plan: TestPlan | None
    responses: tuple[Response, ...] = ()

    @property
    def window(self) -> TestWindow | None:
        """The shortest of them that suffices, else the longest; None where none was measured."""
        if self.plan is None:
            return None
        counts = {one.months: (one.buyer_count, one.user_count) for one in self.responses}
        return plan_window(self.plan.segment_size, counts, effect=self.plan.effect)


@dataclass(frozen=True)
class Trial:
    """A test within each segment; the past response is that of the month after `moment`."""

    effect: float
    moment: dt.date
    segments: tuple[SegmentTrial, ...]

    @property
    def pool(self) -> TestPool | None:
        """The segments that are too small, tested together; None where there are none to pool."""
        return plan_pool({one.segment_id: one.plan for one in self.segments if one.plan})


_RESPONSES = """
select segment_id, month_count, moment, buyer_count, user_count
from marts.segment_windows
where month_count > 1
order by segment_id, month_count
"""


def gather_responses(connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[Response, ...]]:
    """Return who bought within two months and more, by segment; of an older warehouse, nothing."""
    found: dict[int, tuple[Response, ...]] = {}
    if relation_exists(connection, "marts", "segment_windows"):
        for segment_id, *figures in connection.execute(_RESPONSES).fetchall():
            found[segment_id] = (*found.get(segment_id, ()), Response(*figures))
    return found


def plan_trial(
    worth: Worth | None, parts: Parts, responses: Mapping[int, tuple[Response, ...]]
) -> Trial | None:
    """Return the size of a fair test in each segment; None where no response was measured.

    Parameters
    ----------
    worth : Worth or None
        What the segments did in the months after earlier moments.
    parts : Parts
        The segments today.
    responses : mapping of int to tuple of Response
        What they did in longer windows, by segment.
    """
    if worth is None:
        return None
    past = {one.segment_id: one for one in worth.latest.segments}
    return Trial(
        effect=EFFECT,
        moment=worth.latest.moment,
        segments=tuple(
            SegmentTrial(at, _plan(part, past.get(at)), responses.get(at, ()))
            for at, part in parts.segments.items()
        ),
    )


def _plan(part: Part, past: SegmentWorth | None) -> TestPlan:
    responders, measured = (past.buyer_count, past.user_count) if past else (0, 0)
    return plan_test(part.user_count, responders or 0, measured or 0, effect=EFFECT)
