"""Whose money is told: not that of a few, nor what it follows from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.disclosure.amounts import hides_money

# What is known together with the money of a few is at least so much more than it: nobody knows
# that money to within a tenth (the rule of p per cent).
_PROTECTION = Decimal("0.1")
# Of all revenue, what three digits of sums leave open at the least.
_ROUNDING = Decimal("0.0005")


@dataclass(frozen=True)
class Silence:
    """The parts of the customers whose money is not told, by segment id or reason.

    `hides_sum`: nor is that of all with a segment, nor any share of it.
    """

    parts: frozenset[int | str]
    hides_sum: bool = False


def silence(parts: Parts, policy: Policy) -> Silence:
    """Return whose money is not told.

    In public the sum of all segments is known, and those with the least money keep silent with a
    segment of a few, until together they have a tenth more than it. Who has no segment has what
    the sum leaves of all revenue: where that is the money of a few, the sum is not told.
    """
    segments = {at for at, one in parts.segments.items() if hides_money(one, policy)}
    reasons = {why for why, one in parts.reasons.items() if hides_money(one, policy)}
    if not policy.is_public or not segments | reasons:
        return Silence(frozenset(segments | reasons))
    secrets = [parts.segments[at].revenue for at in segments]
    hides_sum = _tells_of_few(parts, reasons)
    if hides_sum:
        secrets.append(sum((parts.reasons[why].revenue for why in parts.reasons), Decimal(0)))
    silent = segments | _protecting(parts.segments, segments, max(secrets, default=Decimal(0)))
    return Silence(frozenset(silent | set(parts.reasons)), hides_sum)


def _tells_of_few(parts: Parts, reasons: Collection[str]) -> bool:
    """Tell whether revenue without a segment is that of a few, and more than rounding blurs."""
    without = [one for why, one in parts.reasons.items() if one.revenue]
    others = sum((parts.reasons[why].revenue for why in set(parts.reasons) - set(reasons)), 0)
    secret = max((parts.reasons[why].revenue for why in reasons), default=Decimal(0))
    blurred = others + _ROUNDING * parts.everybody.revenue
    return bool(without) and blurred < _PROTECTION * secret


def _protecting(segments: Mapping[int, Part], silent: Collection[int], secret: Decimal) -> set[int]:
    """Return the segments with the least money that protect a secret together."""
    known = sum((segments[at].revenue for at in silent), Decimal(0))
    missing = secret * (1 + _PROTECTION) - max(known, secret)
    found: set[int] = set()
    for at in sorted(set(segments) - set(silent), key=lambda at: (segments[at].revenue, at)):
        if missing <= 0:
            break
        if segments[at].revenue > 0:
            found.add(at)
            missing -= segments[at].revenue
    return found
