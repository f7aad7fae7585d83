"""All facts of the report, as they may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import Parts
from pipeline.reporting.segment_report.disclosure.customers import told_audience, told_model
from pipeline.reporting.segment_report.disclosure.labels import (
    told_certainty,
    told_move,
    told_reading,
)
from pipeline.reporting.segment_report.disclosure.lifecycle import told_lifecycle
from pipeline.reporting.segment_report.disclosure.outcomes import told_trial, told_worth
from pipeline.reporting.segment_report.disclosure.segments import told_segments

if TYPE_CHECKING:
    from pipeline.reporting.segment_report.facts import Facts


def disclose(exact: Facts, parts: Parts, policy: Policy) -> Facts:
    """Return the facts without what may not be shown.

    Parameters
    ----------
    exact : Facts
    parts : Parts
        The exact figures of every part of the customers.
    policy : Policy
    """
    lifecycle, worth, trial = exact.lifecycle, exact.worth, exact.trial
    audience = told_audience(exact.audience, parts, policy)
    return replace(
        exact,
        policy=policy,
        audience=audience,
        model=told_model(exact.model, parts, policy),
        segments=told_segments(exact.segments, parts, policy),
        lifecycle=told_lifecycle(lifecycle, policy, audience.user_count) if lifecycle else None,
        worth=told_worth(worth, policy) if worth else None,
        trial=told_trial(trial, worth, parts, policy) if trial and worth else None,
        moves=tuple(told_move(move, policy) for move in exact.moves),
        certainty=told_certainty(exact.certainty, parts, policy),
        reading=told_reading(exact.reading, policy),
    )
