"""What is hidden cannot be worked out by whoever knows the totals."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipeline.reporting.kit.disclosure import is_small
from pipeline.reporting.kit.suppression import hidden_cells, hidden_places

MINIMUM = 10
# Many small ones, some empty ones, some large ones.
COUNTS = st.one_of(st.just(0), st.integers(1, 12), st.integers(13, 500))
LINES = st.lists(COUNTS, min_size=1, max_size=7)
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(COUNTS, min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def worked_out(table: np.ndarray, hidden: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the hidden cells that follow from the shown ones and the totals, by linear algebra.

    Each row and each column gives one equation in the hidden cells; a cell follows if its own unit
    vector lies in the span of the equations.
    """
    cells = sorted(hidden)
    equations = np.array(
        [[cell[axis] == at for cell in cells] for axis in (0, 1) for at in range(table.shape[axis])]
    ).astype(float)
    rank = np.linalg.matrix_rank(equations)
    return [
        cell
        for place, cell in enumerate(cells)
        if np.linalg.matrix_rank(np.vstack([equations, np.eye(len(cells))[place]])) == rank
    ]


def has_more(table: np.ndarray, hidden: set[tuple[int, int]]) -> bool:
    """Tell whether a cell is still shown that could have been hidden."""
    return len(hidden) < table.size


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_no_hidden_cell_follows_from_the_totals(counts: list[list[int]]) -> None:
    table = np.array(counts)
    hidden = hidden_cells(counts, MINIMUM)
    for (row, column), count in np.ndenumerate(table):
        assert (row, column) in hidden or not is_small(int(count), MINIMUM)
    # A table with a single row or column gives its cells away together with the totals of the other
    # axis, whatever is hidden; only there, everything may be hidden and still follow.
    if hidden and has_more(table, hidden):
        assert worked_out(table, hidden) == []


def bounds(
    table: np.ndarray, hidden: set[tuple[int, int]], cell: tuple[int, int]
) -> tuple[float, float]:
    """Return the least and the most that a hidden cell may hold, where no count is below 0."""
    cells = sorted(hidden)
    lines = [
        [other[axis] == at for other in cells] for axis in (0, 1) for at in range(table.shape[axis])
    ]
    equations = np.array(lines).astype(float)
    totals = equations @ [int(table[other]) for other in cells]
    goal = np.array([float(other == cell) for other in cells])
    least, most = (linprog(sign * goal, A_eq=equations, b_eq=totals) for sign in (1, -1))
    assert (least.status, most.status) == (0, 0)
    return least.fun, -most.fun


@settings(max_examples=60, deadline=None)
@given(TABLES.filter(lambda counts: len(counts) > 1 and len(counts[0]) > 1))
def test_no_small_count_follows_from_the_totals_and_from_common_sense(counts) -> None:
    """No line is empty, as in the tables of migrations. A small total tells its cells anyway."""
    table = np.array(counts)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    hidden = hidden_cells(table.tolist(), MINIMUM)
    for row, column in hidden:
        around = (table[row, column], table[row].sum(), table[:, column].sum())
        if [is_small(int(one), MINIMUM) for one in around] == [True, False, False]:
            least, most = bounds(table, hidden, (row, column))
            assert most - least >= 0.5 or not has_more(table, hidden)


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_what_is_hidden_in_a_line_adds_up_to_no_small_group(counts: list[list[int]]) -> None:
    table = np.array(counts)
    hidden = hidden_cells(counts, MINIMUM)
    for axis in (0, 1):
        for at in range(table.shape[axis]):
            found = [int(table[cell]) for cell in hidden if cell[axis] == at]
            is_whole_line = len(found) == table.shape[1 - axis]
            assert is_whole_line or not is_small(sum(found), MINIMUM)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_no_hidden_count_follows_from_the_total(counts: list[int]) -> None:
    hidden = hidden_places(counts, MINIMUM)
    assert {place for place, count in enumerate(counts) if is_small(count, MINIMUM)} <= hidden
    if hidden and len(hidden) < len(counts):
        assert len(hidden) > 1
        assert not is_small(sum(counts[place] for place in hidden), MINIMUM)


@given(LINES.filter(lambda counts: not any(is_small(count, MINIMUM) for count in counts)))
def test_nothing_is_hidden_without_need(counts: list[int]) -> None:
    assert hidden_places(counts, MINIMUM) == set()
