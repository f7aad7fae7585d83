"""What of the label_stability of labels may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.label_stability.facts import (
    Agreement,
    Between,
    LabelStability,
)


def told_label_stability(exact: LabelStability, parts: Parts, policy: Policy) -> LabelStability:
    """Return how sure labels are, without the few who lie between or lack the final label."""
    hidden = _hidden_between(list(parts.segments.values()), policy)
    return replace(
        exact,
        between=tuple(
            Between(one.segment_id, None, None) if place in hidden else one
            for place, one in enumerate(exact.between)
        ),
        agreements=tuple(one for one in exact.agreements if not _hides_agreement(one, policy)),
    )


def _hidden_between(parts: list[Part], policy: Policy) -> set[int]:
    counts = [part.between_count for part in parts]
    if not policy.is_public:
        return {
            place
            for place, part in enumerate(parts)
            if is_small(part.between_count, policy.minimum)
            or is_small(part.user_count, policy.minimum)
        }
    rests = [part.user_count - part.between_count for part in parts]
    return hidden_places(counts, policy.minimum) | hidden_places(rests, policy.minimum)


def _hides_agreement(one: Agreement, policy: Policy) -> bool:
    with_it = round(one.share * one.user_count)
    return one.user_count < policy.minimum or policy.hides(with_it, one.user_count)
