"""What of the month after a moment, and of a test in the next, may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.segment_report.audience import Parts
from pipeline.reporting.segment_report.campaign_tests.facts import Response, SegmentTrial, Trial
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
    if not any(_hides_estimate(measure, one, policy) for one in exact.segments):
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
    if one.revenue is None or _hides_estimate(measure, one, policy):
        return 0.0
    return one.revenue.value * (one.user_count or 0)


def _people(measure: str, one: SegmentWorth) -> int:
    return (one.returner_count if measure == "returning" else one.buyer_count) or 0


def _hides_estimate(measure: str, one: SegmentWorth, policy: Policy) -> bool:
    users = one.user_count or 0
    everybody = None if measure == "revenue" else users
    return is_small(users, policy.minimum) or policy.hides(_people(measure, one), everybody)


def _segment_worth(
    exact: SegmentWorth, average: dict[str, float | None], policy: Policy
) -> SegmentWorth:
    users = exact.user_count or 0
    estimates = {
        name: None
        if _hides_estimate(name, exact, policy)
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


def told_trial(exact: Trial, worth: Worth, parts: Parts, policy: Policy) -> Trial:
    """Return the tests whose segment and whose past buyers may be told, in each window."""
    hidden = {
        one.segment_id for one in worth.latest.segments if _hides_estimate("buying", one, policy)
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
