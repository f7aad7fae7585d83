"""What of the changes may be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.segment_report.changes.facts import Changes, Month
from pipeline.reporting.segment_report.changes.runs import Growth, SinceRun, SizeChange


def told_changes(exact: Changes, policy: Policy, untold: Collection[int] = ()) -> Changes:
    """Return the changes without months and segments of few people.

    `untold` are the segments whose former size would tell of a few.
    """
    return replace(
        exact,
        latest=_told(exact.latest, policy),
        before=_told(exact.before, policy),
        year_before=_told(exact.year_before, policy),
        sizes=tuple(one for one in _large(exact.sizes, policy) if one.segment_id not in untold),
        since_run=_told_run(exact.since_run, policy),
    )


def _large(sizes: tuple[SizeChange, ...], policy: Policy) -> tuple[SizeChange, ...]:
    """Return those of segments that were never small."""
    return tuple(
        one
        for one in sizes
        if not is_small(one.former_count, policy.minimum)
        and not is_small(one.later_count, policy.minimum)
    )


def _told_run(exact: SinceRun | None, policy: Policy) -> SinceRun | None:
    """Return what changed since a run, but what few people changed.

    In public nothing: whoever has the report of that run subtracts, and this one would tell from
    what.
    """
    if exact is None or policy.is_public:
        return None
    few_buyers = is_small(int(exact.buyers.former), policy.minimum)
    return replace(
        exact,
        users=_told_growth(exact.users, policy, is_small(int(exact.users.former), policy.minimum)),
        buyers=_told_growth(exact.buyers, policy, few_buyers),
        revenue=_told_growth(exact.revenue, policy, few_buyers),
        sizes=tuple(
            one
            for one in _large(exact.sizes, policy)
            if not is_small(abs(one.later_count - one.former_count), policy.minimum)
        ),
    )


def _told_growth(exact: Growth, policy: Policy, is_hidden: bool) -> Growth:
    hides = is_hidden or (bool(exact.more) and exact.part < policy.minimum)
    return replace(exact, more=None) if hides else exact


def _told(exact: Month | None, policy: Policy) -> Month | None:
    """Return a month; of few buyers neither they nor what they spent is told."""
    if exact is None:
        return None
    users, buyers = exact.user_count or 0, exact.buyer_count or 0
    hides_buyers, few = policy.hides(buyers, users), is_small(buyers, policy.minimum)
    return replace(
        exact,
        user_count=None if is_small(users, policy.minimum) else users,
        buyer_count=None if hides_buyers else buyers,
        order_count=None if few else exact.order_count,
        revenue=None if few else exact.revenue,
    )
