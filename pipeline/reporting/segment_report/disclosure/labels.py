"""What of the movements between labels, and of their certainty, may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import hidden_cells, hidden_places
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.label_stability.facts import Agreement, Between, Certainty
from pipeline.reporting.segment_report.migrations.facts import Move, stayed, with_segment
from pipeline.reporting.segment_report.model_features.facts import Reading


def told_move(exact: Move, policy: Policy) -> Move:
    """Return who moved, without the small numbers."""
    counts = [[count or 0 for count in row] for row in exact.counts]
    hidden = (
        hidden_cells(counts, policy.minimum)
        if policy.is_public
        else {
            (i, j)
            for i, row in enumerate(counts)
            for j, count in enumerate(row)
            if is_small(count, policy.minimum)
        }
    )
    shown = tuple(
        tuple(None if (i, j) in hidden else count for j, count in enumerate(row))
        for i, row in enumerate(counts)
    )
    return replace(exact, counts=shown, stayed=_stayed(exact, counts, hidden, policy))


def _stayed(
    move: Move, counts: list[list[int]], hidden: set[tuple[int, int]], policy: Policy
) -> float | None:
    """Return the share that kept the segment.

    In public, no few members of a small segment are counted: the share would tell how many they
    are; nor is it told where it would tell a hidden number.
    """
    former, rows = move.former, counts
    if policy.is_public:
        places = [at for at, row in enumerate(counts) if not is_small(sum(row), policy.minimum)]
        same = {(at, move.later.index(former[at])) for at in places if former[at] in move.later}
        if {cell for cell in same if former[cell[0]].segment_id is not None} & hidden:
            return None
        former, rows = tuple(former[at] for at in places), [counts[at] for at in places]
    count, everybody = stayed(former, move.later, rows), with_segment(former, rows)
    return None if not everybody or policy.hides(count, everybody) else count / everybody


def told_certainty(exact: Certainty, parts: Parts, policy: Policy) -> Certainty:
    """Return how sure labels are, without the few who lie between or lack the final label."""
    hidden = _hidden_between(list(parts.segments.values()), policy)
    return replace(
        exact,
        between=tuple(
            Between(one.segment_id, None, None) if place in hidden else one
            for place, one in enumerate(exact.between)
        ),
        agreements=tuple(one for one in exact.agreements if not _hides_agreement(one, policy)),
    )


def _hidden_between(parts: list[Part], policy: Policy) -> set[int]:
    counts = [part.between_count for part in parts]
    if not policy.is_public:
        return {
            place
            for place, part in enumerate(parts)
            if is_small(part.between_count, policy.minimum)
            or is_small(part.user_count, policy.minimum)
        }
    rests = [part.user_count - part.between_count for part in parts]
    return hidden_places(counts, policy.minimum) | hidden_places(rests, policy.minimum)


def _hides_agreement(one: Agreement, policy: Policy) -> bool:
    with_it = round(one.share * one.user_count)
    return one.user_count < policy.minimum or policy.hides(with_it, one.user_count)


def told_reading(exact: Reading, policy: Policy) -> Reading:
    """Return the features; a cap beyond which few lie may be the figure of one of them."""
    if exact.beyond_caps >= policy.minimum:
        return exact
    return replace(exact, columns=tuple(replace(one, caps=None) for one in exact.columns))
