"""What of the states of customers may be shown."""

from __future__ import annotations

from collections.abc import Sequence
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
    hidden = _hidden(counts, policy, everybody)
    # Of them some ordered on one day only.
    buyers = sum(state.user_count or 0 for state in exact.states if state.name != "prospect")
    return replace(
        exact,
        rules=replace(
            exact.rules, repeat_buyer_count=_told(exact.rules.repeat_buyer_count, policy, buyers)
        ),
        states=tuple(
            State(state.name, None, None, None) if place in hidden else state
            for place, state in enumerate(exact.states)
        ),
        automatic_user_count=_told(exact.automatic_user_count, policy),
        snapshots=tuple(
            _told_snapshot(one, policy, everybody, is_open=_tells_of_few(one, counts, policy))
            for one in exact.snapshots
        ),
    )


def _told_snapshot(exact: Snapshot, policy: Policy, everybody: Total, *, is_open: bool) -> Snapshot:
    hidden = _hidden([count or 0 for count in exact.counts], policy, everybody)
    shown = (None if at in hidden or is_open else count for at, count in enumerate(exact.counts))
    return replace(exact, counts=tuple(shown))


def _tells_of_few(one: Snapshot, counts: Sequence[int], policy: Policy) -> bool:
    """Tell whether a snapshot beside the states of today tells those of a few.

    Who objects has a state and no history: of the same day, both differ by them.
    """
    pairs = zip(one.counts, counts, strict=True)
    return policy.is_public and any(
        is_small(abs((count or 0) - now), policy.minimum) for count, now in pairs
    )


def _told(count: int | None, policy: Policy, everybody: int | None = None) -> int | None:
    return None if policy.hides(count or 0, everybody) else count


def untold_states(exact: Lifecycle, policy: Policy, everybody: Total) -> tuple[str, ...]:
    """Return the states whose size is hidden in public, where any is told."""
    if not policy.is_public or not everybody.is_exact:
        return ()
    counts = [state.user_count or 0 for state in exact.states]
    return tuple(exact.states[at].name for at in sorted(_hidden(counts, policy, everybody)))


def _hidden(counts: Sequence[int], policy: Policy, everybody: Total) -> set[int]:
    if not policy.is_public:
        return {at for at, count in enumerate(counts) if is_small(count, policy.minimum)}
    if not everybody.is_exact:
        return set(range(len(counts)))
    return hidden_places(counts, policy.minimum)
