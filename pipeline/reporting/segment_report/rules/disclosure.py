"""What of the rules may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.rules.facts import Rules, SegmentRule


def told_rules(exact: Rules, parts: Parts, policy: Policy) -> Rules:
    """Return the rules; in public without shares that tell of few who meet a rule, or miss it."""
    if not policy.is_public:
        return exact
    nobody = Part(0, 0, parts.everybody.revenue)
    return replace(
        exact,
        fidelity=_told(exact.fidelity, parts.labelled.user_count, policy),
        segments=tuple(
            _told_rule(one, parts.segments.get(one.segment_id, nobody).user_count, policy)
            for one in exact.segments
        ),
    )


def _told_rule(exact: SegmentRule, size: int, policy: Policy) -> SegmentRule:
    # As if all of the segment had been held out of the tree, of whom a part was.
    meeting = (exact.recall or 0.0) * size
    everybody = meeting / exact.precision if exact.precision else 0.0
    return replace(
        exact,
        recall=_told(exact.recall, size, policy),
        precision=_told(exact.precision, everybody, policy),
    )


def _told(share: float | None, everybody: float, policy: Policy) -> float | None:
    if share is None or share in (0.0, 1.0):
        return share
    return share if everybody * min(share, 1 - share) >= policy.minimum else None
