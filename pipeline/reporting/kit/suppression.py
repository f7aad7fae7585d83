"""Hiding small counts in tables whose totals a reader may know from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.reporting.kit.disclosure import is_small

Cell = tuple[int, int]


def hidden_places(counts: Sequence[int], minimum: int, *, also: Collection[int] = ()) -> set[int]:
    """Return the places of counts to hide, when their total is known.

    The small ones, and with them as many of the next smallest as it takes until what is hidden
    adds up to no small group and no single one can be worked out.

    Parameters
    ----------
    counts : sequence of int
    minimum : int
        No group of fewer people is shown.
    also : collection of int
        Places that are hidden for another reason.

    Examples
    --------
    >>> sorted(hidden_places([3, 50, 40, 0], 10)), hidden_places([30, 50], 10)
    ([0, 2], set())
    """
    cells = hidden_cells(
        [list(counts)], minimum, knows_column_totals=False, also={(0, at) for at in also}
    )
    return {column for _, column in cells}


def hidden_cells(
    counts: Sequence[Sequence[int]],
    minimum: int,
    *,
    knows_column_totals: bool = True,
    also: Collection[Cell] = (),
    told: Collection[Cell] = (),
) -> set[Cell]:
    """Return the cells of a table to hide, when the totals of its rows and columns are known.

    Small counts are hidden. Whoever knows the totals subtracts, so further cells are hidden, few
    and small ones, until in every line the hidden ones add up to no small group, and none follows
    from the others. Cells and lines are the edges and nodes of a graph: a hidden cell can be worked
    out exactly if it is on no cycle of hidden cells (Gusfield 1988).

    Parameters
    ----------
    counts : sequence of sequences of int, of shape (n_rows, n_columns)
    minimum : int
        No group of fewer people is shown.
    knows_column_totals : bool
        Whether a reader may know them; those of the rows always count as known.
    also : collection of (row, column)
        Cells that are hidden for another reason.
    told : collection of (row, column)
        Cells that are told elsewhere, so that hiding them would protect nobody.

    Returns
    -------
    set of (row, column)

    Examples
    --------
    >>> sorted(hidden_cells([[3, 50, 40], [20, 60, 70], [90, 80, 99]], 10))
    [(0, 0), (0, 2), (1, 0), (1, 2)]
    """
    table = {
        (row, column): count
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
        if (row, column) not in told
    }
    hidden = {*also, *(cell for cell, count in table.items() if is_small(count, minimum))}
    while lines := _exposing_lines(table, hidden, minimum, knows_column_totals):
        candidates = [
            cell
            for cell in table
            if cell not in hidden and any(cell[axis] == at for axis, at in lines)
        ]
        if not candidates:
            break
        # Somebody before nobody: an empty cell protects only where its emptiness is not obvious. A
        # cell on two such lines closes a cycle, where two others would open new ones.
        hidden.add(
            min(
                candidates,
                key=lambda cell: (
                    table[cell] == 0,
                    -sum(cell[axis] == at for axis, at in lines),
                    table[cell],
                    cell,
                ),
            )
        )
    return hidden


def _exposing_lines(
    table: dict[Cell, int], hidden: set[Cell], minimum: int, knows_column_totals: bool
) -> list[tuple[int, int]]:
    """Return the lines, as axis and place, in which another cell has to be hidden."""
    axes = (0, 1) if knows_column_totals else (0,)
    lines = []
    for axis in axes:
        for at in sorted({cell[axis] for cell in hidden}):
            found = [cell for cell in hidden if cell[axis] == at]
            has_more = any(cell[axis] == at and cell not in hidden for cell in table)
            is_exposed = len(found) == 1 or is_small(sum(table[cell] for cell in found), minimum)
            if is_exposed and has_more:
                lines.append((axis, at))
    if lines or not knows_column_totals:
        return lines
    bridges = [cell for cell in sorted(hidden) if not _is_on_cycle(cell, hidden)]
    return [(axis, cell[axis]) for cell in bridges for axis in axes]


def _is_on_cycle(cell: Cell, hidden: set[Cell]) -> bool:
    """Tell whether the row of a hidden cell leads to its column by way of other hidden cells."""
    reached, frontier = {(0, cell[0])}, [(0, cell[0])]
    others = hidden - {cell}
    while frontier:
        axis, at = frontier.pop()
        for other in others:
            line = (1 - axis, other[1 - axis])
            if other[axis] == at and line not in reached:
                reached.add(line)
                frontier.append(line)
    return (1, cell[1]) in reached
