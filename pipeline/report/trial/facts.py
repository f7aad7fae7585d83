"""How large a test of a campaign has to be in each segment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ml.campaign import TestPlan, plan_test
from pipeline.report.audience import Part, Parts
from pipeline.report.worth.facts import SegmentWorth, Worth

# Smallest relative effect that a test is planned for: a rate one tenth higher. A rarer success than
# that is hardly worth a campaign; a larger effect needs fewer customers.
EFFECT = 0.10


@dataclass(frozen=True)
class SegmentTrial:
    """A test within one segment; `plan` is None where it rests on too few people to be shown."""

    segment_id: int
    plan: TestPlan | None


@dataclass(frozen=True)
class Trial:
    """A test within each segment; the past response is that of the month after `moment`."""

    effect: float
    moment: dt.date
    segments: tuple[SegmentTrial, ...]


def plan_trial(worth: Worth | None, parts: Parts) -> Trial | None:
    """Return the size of a fair test in each segment; None where no response was measured.

    Parameters
    ----------
    worth : Worth or None
        What the segments did in the months after earlier moments.
    parts : Parts
        The segments today.
    """
    if worth is None:
        return None
    past = {one.segment_id: one for one in worth.latest.segments}
    return Trial(
        effect=EFFECT,
        moment=worth.latest.moment,
        segments=tuple(
            SegmentTrial(at, _plan(part, past.get(at))) for at, part in parts.segments.items()
        ),
    )


def _plan(part: Part, past: SegmentWorth | None) -> TestPlan:
    responders, measured = (past.buyer_count, past.user_count) if past else (0, 0)
    return plan_test(part.user_count, responders or 0, measured or 0, effect=EFFECT)
