"""What of the changes may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.segment_report.changes.facts import Changes, Month


def told_changes(exact: Changes, policy: Policy) -> Changes:
    """Return the changes without months and segments of few people."""
    return replace(
        exact,
        latest=_told(exact.latest, policy),
        before=_told(exact.before, policy),
        year_before=_told(exact.year_before, policy),
        sizes=tuple(
            one
            for one in exact.sizes
            if not is_small(one.former_count, policy.minimum)
            and not is_small(one.later_count, policy.minimum)
        ),
    )


def _told(exact: Month | None, policy: Policy) -> Month | None:
    """Return a month; of few buyers neither they nor what they spent is told."""
    if exact is None:
        return None
    users, buyers = exact.user_count or 0, exact.buyer_count or 0
    hides_buyers = policy.hides(buyers, users)
    return replace(
        exact,
        user_count=None if is_small(users, policy.minimum) else users,
        buyer_count=None if hides_buyers else buyers,
        revenue=None if is_small(buyers, policy.minimum) else exact.revenue,
    )
