"""How large a test of a campaign has to be in each segment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb

from ml.campaign import TestPlan, plan_test
from pipeline.report.audience import Part
from pipeline.report.privacy import is_small
from pipeline.report.worth.facts import is_shown, latest_values

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


def gather_trial(
    connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], minimum: int
) -> Trial | None:
    """Return the size of a fair test in each segment; None where no response was measured.

    Parameters
    ----------
    connection : duckdb connection
    parts : dict of int to Part
        Exact figures of the segments today, by id.
    minimum : int
        No group of fewer people is shown.
    """
    rows = {
        int(row["group_id"]): row for row in latest_values(connection) if row["scheme"] == "segment"
    }
    if not rows:
        return None
    return Trial(
        effect=EFFECT,
        moment=next(iter(rows.values()))["moment"],
        segments=tuple(
            SegmentTrial(at, _plan(part, rows.get(at), minimum)) for at, part in parts.items()
        ),
    )


def _plan(part: Part, row: dict[str, Any] | None, minimum: int) -> TestPlan | None:
    if is_small(part.user_count, minimum):
        return None
    if row is None:
        return plan_test(part.user_count, 0, 0, effect=EFFECT)
    if not is_shown("buying", row, minimum):
        return None
    return plan_test(part.user_count, row["buyer_count"], row["user_count"], effect=EFFECT)
