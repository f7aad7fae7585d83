"""Of which segments it is told how many bought."""

from __future__ import annotations

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.audience import Parts


def untold_buyers(parts: Parts, policy: Policy) -> frozenset[int]:
    """Return the segments of which it is not told how many bought.

    In public, how many customers bought, and how many did not, follows from their states: further
    segments are hidden, until no small number of buyers, or of others, can be worked out.
    """
    order = list(parts.segments)
    buyers = [parts.segments[at].buyer_count for at in order]
    others = [parts.segments[at].user_count - parts.segments[at].buyer_count for at in order]
    hidden = {
        place
        for place, at in enumerate(order)
        if policy.hides(buyers[place], parts.segments[at].user_count)
    }
    size = -1
    while policy.is_public and size != len(hidden):
        size = len(hidden)
        for counts in (buyers, others):
            hidden |= hidden_places(counts, policy.minimum, also=hidden)
    return frozenset(order[place] for place in hidden)
