"""What of the states of customers may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.lifecycle.facts import Lifecycle, Snapshot, State


def told_lifecycle(exact: Lifecycle, policy: Policy, everybody: Total) -> Lifecycle:
    """Return who is in which state, without states of few people.

    In public, without as many further states as it takes to keep these from being worked out; and
    without any where the total of all customers leaves out a small group: the states add up to it.
    """
    counts = [state.user_count or 0 for state in exact.states]
    hidden = {at for at, count in enumerate(counts) if is_small(count, policy.minimum)}
    if policy.is_public:
        hidden = hidden_places(counts, policy.minimum)
        if not everybody.is_exact:
            hidden = set(range(len(counts)))
    return replace(
        exact,
        rules=replace(
            exact.rules, repeat_buyer_count=_told(exact.rules.repeat_buyer_count, policy)
        ),
        states=tuple(
            State(state.name, None, None, None) if place in hidden else state
            for place, state in enumerate(exact.states)
        ),
        automatic_user_count=_told(exact.automatic_user_count, policy),
        snapshots=tuple(_told_snapshot(one, policy, everybody) for one in exact.snapshots),
    )


def _told_snapshot(exact: Snapshot, policy: Policy, everybody: Total) -> Snapshot:
    counts = [count or 0 for count in exact.counts]
    hidden = {at for at, count in enumerate(counts) if is_small(count, policy.minimum)}
    if policy.is_public:
        hidden = hidden_places(counts, policy.minimum)
        if not everybody.is_exact:
            hidden = set(range(len(counts)))
    shown = (None if at in hidden else count for at, count in enumerate(exact.counts))
    return replace(exact, counts=tuple(shown))


def _told(count: int | None, policy: Policy) -> int | None:
    return None if is_small(count or 0, policy.minimum) else count
