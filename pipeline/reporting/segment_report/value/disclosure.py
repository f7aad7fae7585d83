"""What of the month after a moment may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.segment_report.disclosure.amounts import near
from pipeline.reporting.segment_report.value.facts import (
    MEASURES,
    Estimate,
    Moment,
    SegmentWorth,
    Worth,
)


def told_worth(exact: Worth, policy: Policy) -> Worth:
    """Return what the segments did next."""
    moments = tuple(_moment(one, policy) for one in exact.moments)
    people = {one.moment: one.user_count for one in moments}
    shares = tuple(
        replace(one, user_count=people.get(one.moment, one.user_count)) for one in exact.shares
    )
    return Worth(moments, shares)


def _moment(exact: Moment, policy: Policy) -> Moment:
    sizes = [one.user_count or 0 for one in exact.segments]
    users = policy.total((size, size) for size in sizes)
    average = {name: _average(name, exact, users, policy) for name in MEASURES}
    segments = tuple(_segment_worth(one, average, policy) for one in exact.segments)
    return Moment(exact.moment, users, average, segments)


def _average(measure: str, exact: Moment, users: Total, policy: Policy) -> float | None:
    """Return the average of all with a segment; in public, of what is told of the segments."""
    truth = exact.average[measure]
    if not any(hides_estimate(measure, one, policy) for one in exact.segments):
        return truth
    if not policy.is_public:
        counts = [_people(measure, one) for one in exact.segments]
        return None if is_small(sum(counts), policy.minimum) else truth
    told = sum(_told_sum(measure, one, policy) for one in exact.segments)
    return near(told / users.count, truth) if users.count else None


def _told_sum(measure: str, one: SegmentWorth, policy: Policy) -> float:
    """Return how many did it, or what they spent, as far as that is told."""
    if measure != "revenue":
        return policy.told(_people(measure, one), one.user_count or 0)
    if one.revenue is None or hides_estimate(measure, one, policy):
        return 0.0
    return one.revenue.value * (one.user_count or 0)


def _people(measure: str, one: SegmentWorth) -> int:
    return (one.returner_count if measure == "returning" else one.buyer_count) or 0


def hides_estimate(measure: str, one: SegmentWorth, policy: Policy) -> bool:
    """Tell whether what a segment did is the figure of a few."""
    users = one.user_count or 0
    everybody = None if measure == "revenue" else users
    return is_small(users, policy.minimum) or policy.hides(_people(measure, one), everybody)


def _segment_worth(
    exact: SegmentWorth, average: dict[str, float | None], policy: Policy
) -> SegmentWorth:
    users = exact.user_count or 0
    estimates = {
        name: None
        if hides_estimate(name, exact, policy)
        else _told_estimate(getattr(exact, name), average[name], policy)
        for name in MEASURES
    }
    return SegmentWorth(
        segment_id=exact.segment_id,
        user_count=None if is_small(users, policy.minimum) else users,
        buyer_count=None,
        returner_count=None,
        **estimates,
    )


def _told_estimate(
    exact: Estimate | None, average: float | None, policy: Policy
) -> Estimate | None:
    """Return an estimate whose lift gives away no average but the one that is told."""
    if exact is None or not policy.is_public:
        return exact
    return replace(exact, lift=exact.value / average if average else None)
