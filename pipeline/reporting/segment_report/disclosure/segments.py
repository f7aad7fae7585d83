"""What of the figures of a segment may be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from pipeline.reporting.kit.disclosure import Policy, is_small, to_three_digits
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.disclosure.amounts import (
    coarse_money,
    hides_number,
    is_money_coarse,
    rounded,
    told_share,
    users_of,
)
from pipeline.reporting.segment_report.disclosure.buyers import untold_buyers
from pipeline.reporting.segment_report.disclosure.money import Silence, silence
from pipeline.reporting.segment_report.features import population
from pipeline.reporting.segment_report.profiles.facts import Segment

# What a rule behind a name may quote a share of, by the place in its text.
_QUOTED = {
    "repeated": lambda part: (part.repeater_count, part.buyer_count),
    "few_repeated": lambda part: (part.repeater_count, part.buyer_count),
    "carted": lambda part: (part.carter_count, part.user_count),
}


def told_segments(
    exact: Iterable[Segment], parts: Parts, policy: Policy, average: float | None
) -> tuple[Segment, ...]:
    """Return the segments, the one with the most revenue first, those without figures last.

    `average` is what is told of the revenue of a customer with any segment.
    """
    nobody, silent = Part(0, 0, Decimal(0)), silence(parts, policy)
    untold = untold_buyers(parts, policy)
    found = [
        _with_money(
            _segment(one, parts.segments.get(one.segment_id, nobody), parts, policy, untold),
            parts,
            policy,
            silent,
            average,
        )
        for one in exact
    ]
    return tuple(sorted(found, key=lambda one: (one.is_small, -(one.revenue_share or 0))))


def _segment(
    exact: Segment, part: Part, parts: Parts, policy: Policy, untold: Collection[int]
) -> Segment:
    if part.user_count < policy.minimum:
        return _without_figures(exact)
    return replace(
        exact,
        rules={} if _hides_rule(exact, part, policy, untold) else exact.rules,
        user_share=told_share(part.user_count, users_of(parts.segments.values(), policy)),
        buyer_rate=None if exact.segment_id in untold else exact.buyer_rate,
        deviations={
            name: None if _is_of_few(name, part, policy) else deviation
            for name, deviation in exact.deviations.items()
        },
        traits=tuple(one for one in exact.traits if not _is_of_few(one.feature, part, policy)),
    )


def _lift(told: Segment, average: float | None) -> float | None:
    """Return it by what is told of everybody: the true one would give their number away."""
    if average is None or told.revenue_per_user is None or told.lift is None:
        return None
    return to_three_digits(told.revenue_per_user / average)


def _without_figures(exact: Segment) -> Segment:
    return replace(
        exact,
        rules={},
        is_small=True,
        user_count=None,
        user_share=None,
        buyer_rate=None,
        deviations={},
        traits=(),
    )


def _with_money(
    exact: Segment, parts: Parts, policy: Policy, silent: Silence, average: float | None
) -> Segment:
    """Return a segment with its money as it may be told: not at all, to three digits, exactly."""
    is_coarse = is_money_coarse(parts, policy)
    hides = exact.is_small or exact.segment_id in silent.parts
    hides_share = hides or silent.hides_sum
    told = replace(
        exact,
        revenue=None if hides or exact.revenue is None else coarse_money(exact.revenue, is_coarse),
        revenue_share=None if hides_share else rounded(exact.revenue_share, is_coarse),
        revenue_per_user=None if hides else rounded(exact.revenue_per_user, is_coarse),
        lift=None if hides_share else rounded(exact.lift, is_coarse),
    )
    return replace(told, lift=_lift(told, average)) if hides_number(parts, policy) else told


def _is_of_few(feature: str, part: Part, policy: Policy) -> bool:
    """Tell whether few members have the feature, so that its median is that of a few."""
    people = {"buyers": part.buyer_count, "carters": part.carter_count}
    return is_small(people.get(population(feature), part.user_count), policy.minimum)


def _hides_rule(segment: Segment, part: Part, policy: Policy, untold: Collection[int]) -> bool:
    """Tell whether the rule behind a name tells of too few people.

    It quotes whole percents, so it does where one per cent is fewer people than may be shown.
    """
    groups = [people(part) for place, people in _QUOTED.items() if place in segment.quoted]
    tells_of_few = segment.segment_id in untold or any(
        policy.hides(count, everybody) for count, everybody in groups
    )
    return tells_of_few and part.user_count < 100 * policy.minimum
