"""What of a test in each segment may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.segment_report.campaign_tests.facts import (
    Experiments,
    SegmentExperiment,
    Window,
)


def told_experiments(exact: Experiments, policy: Policy) -> Experiments:
    """Return the tests whose segment and whose past buyers may be told, in each window.

    A pool may be told where each of its segments may.
    """
    segments = tuple(_told_segment(one, policy) for one in exact.segments)
    told = {one.segment_id for one in segments if one.plan}
    pools = tuple(one for one in exact.pools if told.issuperset(one.groups))
    return replace(exact, segments=segments, pools=pools)


def _told_segment(exact: SegmentExperiment, policy: Policy) -> SegmentExperiment:
    windows = tuple(one for one in exact.windows if _is_told(one, policy))
    told = replace(exact, windows=windows)
    return told if told.plan else replace(exact, windows=())


def _is_told(window: Window, policy: Policy) -> bool:
    measured = window.measured_count
    return not (
        is_small(window.plan.segment_size, policy.minimum)
        or is_small(measured, policy.minimum)
        or policy.hides(window.responder_count, measured)
    )
