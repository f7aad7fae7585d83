"""What of the migrations between segments may be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import hidden_cells, hidden_places
from pipeline.reporting.segment_report.migrations.facts import Move, stayed, with_segment


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


def untold_former(moves: Iterable[Move], policy: Policy) -> dict[dt.date, frozenset[int]]:
    """Return the segments whose former size tells of a few, by date, in public.

    All customers of today were in a segment then, in none, or not seen yet. Where the last are few,
    the sizes of the others may not all be told.
    """
    found = {}
    for move in moves:
        totals = [sum(count or 0 for count in row) for row in move.counts]
        if policy.is_public and move.kind == "month":
            hidden = hidden_places(totals, policy.minimum)
            segments = {move.former[at].segment_id for at in hidden}
            found[move.from_date] = frozenset(at for at in segments if at is not None)
    return found
