"""What of a test in each segment may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.segment_report.audience import Parts
from pipeline.reporting.segment_report.campaign_tests.facts import Response, SegmentTrial, Trial
from pipeline.reporting.segment_report.value.disclosure import hides_estimate
from pipeline.reporting.segment_report.value.facts import Worth


def told_trial(exact: Trial, worth: Worth, parts: Parts, policy: Policy) -> Trial:
    """Return the tests whose segment and whose past buyers may be told, in each window."""
    hidden = {
        one.segment_id for one in worth.latest.segments if hides_estimate("buying", one, policy)
    } | {at for at, part in parts.segments.items() if is_small(part.user_count, policy.minimum)}
    return replace(
        exact,
        segments=tuple(
            replace(one, plan=None, responses=())
            if one.segment_id in hidden
            else replace(one, responses=_told_responses(one, policy))
            for one in exact.segments
        ),
    )


def _told_responses(exact: SegmentTrial, policy: Policy) -> tuple[Response, ...]:
    return tuple(
        one
        for one in exact.responses
        if not is_small(one.user_count, policy.minimum)
        and not policy.hides(one.buyer_count, one.user_count)
    )
