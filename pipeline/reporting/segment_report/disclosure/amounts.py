"""How totals, shares and money are told, of whichever group."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.reporting.kit.disclosure import TOLERANCE, Policy, Total, is_small, to_three_digits
from pipeline.reporting.segment_report.audience import Part, Parts, share


def users_of(parts: Iterable[Part], policy: Policy) -> Total:
    """Return how many customers there are in several parts."""
    return policy.total((part.user_count, part.user_count) for part in parts)


def hides_number(parts: Parts, policy: Policy) -> bool:
    """Tell whether the number of customers with a segment would give a small one away."""
    return not users_of(parts.segments.values(), policy).is_exact


def hides_trained(parts: Parts, policy: Policy) -> bool:
    """Tell whether the number of those who trained the model would.

    Few who have no segment by now, because they object, may have been among them.
    """
    return not users_of(parts.each, policy).is_exact


def told_share(count: int | None, total: Total) -> float | None:
    """Return a share of a total that is told; None where either is not."""
    return None if count is None or total.count is None else share(count, total.count)


def hides_money(part: Part, policy: Policy) -> bool:
    """Tell whether what a part of the customers spent is the money of a few."""
    return is_small(part.user_count, policy.minimum) or is_small(part.buyer_count, policy.minimum)


def is_money_coarse(parts: Parts, policy: Policy) -> bool:
    """Tell whether what is left of a known sum of money would be that of a few."""
    return policy.is_public and any(hides_money(part, policy) for part in parts.each)


def coarse_money(amount: Decimal, is_coarse: bool) -> Decimal:
    """Return an amount of money, to three digits where it is to be coarse."""
    return Decimal(str(to_three_digits(float(amount)))) if is_coarse else amount


def near(told: float | None, truth: float | None) -> float | None:
    """Return what is told in place of the truth, where it is not far from it."""
    if told is None or truth is None or abs(told - truth) > TOLERANCE * abs(truth):
        return None
    return told


def rounded(amount: float | None, is_coarse: bool) -> float | None:
    """Return what is computed from money, to three digits where it is to be coarse."""
    return to_three_digits(amount) if is_coarse and amount is not None else amount
