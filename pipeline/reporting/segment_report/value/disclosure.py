"""What of the month after a snapshot date may be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.segment_report.disclosure.amounts import near
from pipeline.reporting.segment_report.value.facts import (
    MEASURES,
    Estimate,
    SegmentValue,
    Snapshot,
    Values,
)


def told_values(
    exact: Values, policy: Policy, untold: Mapping[dt.date, Collection[int]] | None = None
) -> Values:
    """Return what the segments did next; `untold` are those of which nothing is told, by date."""
    known = untold or {}
    snapshots = tuple(
        _silent(one, known[one.snapshot_date], policy)
        if known.get(one.snapshot_date)
        else _snapshot(one, policy)
        for one in exact.snapshots
    )
    people = {one.snapshot_date: one.user_count for one in snapshots}
    shares = tuple(
        replace(one, user_count=people.get(one.snapshot_date, one.user_count))
        for one in exact.shares
    )
    return Values(snapshots, shares)


def _silent(exact: Snapshot, untold: Collection[int], policy: Policy) -> Snapshot:
    """Return a snapshot without some segments, and without any total or average."""
    unknown: dict[str, float | None] = dict.fromkeys(MEASURES)
    segments = tuple(
        SegmentValue(one.segment_id, None, None, None, None, None, None)
        if one.segment_id in untold
        else _segment_value(one, unknown, policy)
        for one in exact.segments
    )
    return Snapshot(exact.snapshot_date, Total(None, is_exact=False), unknown, segments)


def _snapshot(exact: Snapshot, policy: Policy) -> Snapshot:
    sizes = [one.user_count or 0 for one in exact.segments]
    users = policy.total((size, size) for size in sizes)
    average = {name: _average(name, exact, users, policy) for name in MEASURES}
    segments = tuple(_segment_value(one, average, policy) for one in exact.segments)
    return Snapshot(exact.snapshot_date, users, average, segments)


def _average(measure: str, exact: Snapshot, users: Total, policy: Policy) -> float | None:
    """Return the average of all with a segment; in public, of what is told of the segments."""
    truth = exact.average[measure]
    if not any(hides_estimate(measure, one, policy) for one in exact.segments):
        return truth
    if not policy.is_public:
        counts = [_people(measure, one) for one in exact.segments]
        return None if is_small(sum(counts), policy.minimum) else truth
    told = sum(_told_sum(measure, one, policy) for one in exact.segments)
    return near(told / users.count, truth) if users.count else None


def _told_sum(measure: str, one: SegmentValue, policy: Policy) -> float:
    """Return how many did it, or what they spent, as far as that is told."""
    if measure != "revenue":
        return policy.told(_people(measure, one), one.user_count or 0)
    if one.revenue is None or hides_estimate(measure, one, policy):
        return 0.0
    return one.revenue.value * (one.user_count or 0)


def _people(measure: str, one: SegmentValue) -> int:
    return (one.returner_count if measure == "returning" else one.buyer_count) or 0


def hides_estimate(measure: str, one: SegmentValue, policy: Policy) -> bool:
    """Tell whether what a segment did is the figure of a few."""
    users = one.user_count or 0
    everybody = None if measure == "revenue" else users
    return is_small(users, policy.minimum) or policy.hides(_people(measure, one), everybody)


def _segment_value(
    exact: SegmentValue, average: dict[str, float | None], policy: Policy
) -> SegmentValue:
    users = exact.user_count or 0
    estimates = {
        name: None
        if hides_estimate(name, exact, policy)
        else _told_estimate(getattr(exact, name), average[name], policy)
        for name in MEASURES
    }
    return SegmentValue(
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
