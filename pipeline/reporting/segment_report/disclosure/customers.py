"""How many customers there are, and how much they spent, as it may be told."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.segment_report.audience import Audience, Labelled, Part, Parts, Unsegmented
from pipeline.reporting.segment_report.disclosure.amounts import (
    coarse_money,
    hides_money,
    hides_trained,
    is_money_coarse,
    near,
    rounded,
    told_share,
    users_of,
)
from pipeline.reporting.segment_report.disclosure.money import silence
from pipeline.reporting.segment_report.method.facts import Model


def told_audience(exact: Audience, parts: Parts, policy: Policy) -> Audience:
    """Return the customers as a whole."""
    everybody = users_of(parts.each, policy)
    labelled = users_of(parts.segments.values(), policy)
    between = _between(parts, policy)
    return replace(
        exact,
        user_count=everybody,
        buyer_count=policy.total((part.buyer_count, part.user_count) for part in parts.each),
        labelled=_labelled(exact.labelled, labelled, parts, policy),
        between=between,
        between_share=told_share(between.count, labelled),
        unsegmented=tuple(
            _unsegmented(one, parts.reasons[one.reason], everybody, parts, policy)
            for one in exact.unsegmented
        ),
        is_tiny=is_small(parts.everybody.user_count, policy.minimum),
        is_money_coarse=is_money_coarse(parts, policy),
    )


def _between(parts: Parts, policy: Policy) -> Total:
    """Leave out, in public, those of segments that are too small."""
    small = [
        part
        for part in parts.segments.values()
        if policy.is_public and is_small(part.user_count, policy.minimum)
    ]
    left_out = sum(part.between_count for part in small)
    return policy.about(parts.labelled.between_count - left_out, len(small))


def _labelled(exact: Labelled, users: Total, parts: Parts, policy: Policy) -> Labelled:
    buyers = policy.total((one.buyer_count, one.user_count) for one in parts.segments.values())
    coarse = is_money_coarse(parts, policy)
    hides = hides_money(parts.labelled, policy) or silence(parts, policy).hides_sum
    return Labelled(
        user_count=users,
        revenue=None if hides or exact.revenue is None else coarse_money(exact.revenue, coarse),
        buyer_rate=near(told_share(buyers.count, users), exact.buyer_rate),
        revenue_per_user=None if hides else _per_user(exact, users, coarse),
    )


def _per_user(exact: Labelled, users: Total, is_coarse: bool) -> float | None:
    """Return it as the told number of customers gives it: the true one would give that away."""
    if users.is_exact:
        return rounded(exact.revenue_per_user, is_coarse)
    told = float(exact.revenue) / users.count if users.count and exact.revenue else None
    return rounded(told, is_coarse)


def _unsegmented(
    exact: Unsegmented, part: Part, everybody: Total, parts: Parts, policy: Policy
) -> Unsegmented:
    if is_small(part.user_count, policy.minimum):
        return Unsegmented(exact.reason, None, None, None)
    is_hidden = hides_money(part, policy) or is_money_coarse(parts, policy)
    return replace(
        exact,
        user_share=told_share(part.user_count, everybody),
        revenue_share=None if is_hidden else exact.revenue_share,
    )


def told_model(exact: Model, parts: Parts, policy: Policy) -> Model:
    """Return the model: how many learned, and how many the smallest segment of each number has."""
    training = exact.training_user_count.count or 0
    shown = {
        k: {
            name: value
            for name, value in row.items()
            if _may_be_told(name, value, training, parts, policy)
        }
        for k, row in exact.evaluations.items()
    }
    return replace(
        exact,
        evaluations=shown,
        eligible_user_count=_trained(exact.eligible_user_count, parts, policy),
        training_user_count=_trained(exact.training_user_count, parts, policy),
    )


def _may_be_told(criterion: str, value: float, training: int, parts: Parts, policy: Policy) -> bool:
    """Tell whether a criterion gives nobody away.

    The index of Calinski and Harabasz has the number of customers in it: of two of them, and two
    inertias, it follows.
    """
    if criterion == "smallest_share":
        return round(value * training) >= policy.minimum
    return criterion != "calinski_harabasz" or not hides_trained(parts, policy)


def _trained(exact: Total, parts: Parts, policy: Policy) -> Total:
    """Leave out those in groups that are small today; they may be among those who trained."""
    count = exact.count or 0
    small = [
        part.user_count
        for part in parts.each
        if policy.is_public and is_small(part.user_count, policy.minimum)
    ]
    groups = [(number, number) for number in (count - sum(small), *small)]
    return policy.total(groups)
