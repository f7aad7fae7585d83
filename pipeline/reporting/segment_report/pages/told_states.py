"""What of the states of the members of segments may be shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import Cell, hidden_cells
from pipeline.reporting.segment_report.audience import Parts
from pipeline.reporting.segment_report.disclosure.buyers import untold_buyers
from pipeline.reporting.segment_report.pages.facts import Character, StateCount

_PROSPECT = "prospect"


def told_states(
    shown: dict[int, Character], parts: Parts, policy: Policy, untold: Collection[str] = ()
) -> dict[int, tuple[StateCount, ...]]:
    """Return the states of each segment without those of few members.

    In public, prospects are told where the share of buyers is: they are the others. Of the states
    of buyers further ones are hidden, so that none can be worked out from the sizes of segments and
    of states; `untold` are the states whose size is hidden, too.
    """
    order = [at for at, one in shown.items() if one.states]
    hidden = _hidden(order, shown, parts, policy, untold)
    return {
        at: tuple(
            replace(state, user_count=None, user_share=None) if (at, state.state) in hidden
            else state
            for state in one.states
        )
        for at, one in shown.items()
    }  # fmt: skip


def _hidden(
    order: Sequence[int],
    shown: dict[int, Character],
    parts: Parts,
    policy: Policy,
    untold: Collection[str],
) -> set[tuple[int, str]]:
    counts = {
        (at, state.state): state.user_count or 0 for at in order for state in shown[at].states
    }
    if not policy.is_public:
        return {cell for cell, count in counts.items() if is_small(count, policy.minimum)}
    states = list(dict.fromkeys(state for _, state in counts))
    table = [[counts.get((at, state), 0) for state in states] for at in order]
    columns = {at for at, state in enumerate(states) if state in untold}
    # Of prospects a segment has as many as have not bought.
    prospects = {(row, states.index(_PROSPECT)) for row in range(len(order))} if states else set()
    silent = untold_buyers(parts, policy)
    open_ = {cell for cell in prospects if order[cell[0]] in silent}
    also = open_ | _linked(table, columns, policy.minimum) - prospects
    return {
        (order[row], states[column])
        for row, column in hidden_cells(table, policy.minimum, also=also, told=prospects - open_)
    }


def _linked(table: Sequence[Sequence[int]], columns: set[int], minimum: int) -> set[Cell]:
    """Return cells that keep the sizes of untold states open, of one segment for each small state.

    In one line that has members of such a state, all untold ones are hidden: any of them may have
    been in another.
    """
    found: set[Cell] = set()
    for column in columns:
        if is_small(sum(line[column] for line in table), minimum):
            row = max(range(len(table)), key=lambda row: (table[row][column], sum(table[row])))
            found |= {(row, other) for other in columns}
    return found
