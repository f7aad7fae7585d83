"""What is known of numbers of people and of their money, as linear constraints."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import OptimizeResult, linprog

# Corners that are looked into, and more than any sum in the stores of the tests.
_CORNERS, _MANY = 60, 1e7
_HAIR = 1e-6


@dataclass
class System:
    """Linear constraints on counts of people and on sums of money, none of which is negative."""

    places: dict[tuple, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def add(self, terms: dict[tuple, float], lowest: float, highest: float) -> None:
        """Let a sum lie between two bounds."""
        row = {self.places.setdefault(cell, len(self.places)): by for cell, by in terms.items()}
        self.rows.append((row, lowest, highest))

    def range_of(self, cell: tuple) -> tuple[float, float]:
        """Return the smallest and the largest value that all constraints allow."""
        matrix, bounds = self._limits()
        found = []
        for sign in (1, -1):
            solved = self._solved(matrix, bounds, {cell: sign})
            found.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
        return found[0], found[1]

    def determined(self) -> dict[tuple, int]:
        """Return every number of people that follows from the constraints, to the unit.

        Most cells are seen to be open by looking into a few corners of what is possible; the others
        are asked one by one.
        """
        matrix, bounds = self._limits()
        told = self._told()
        people = [cell for cell in self.places if cell[0] != "money" and cell not in told]
        places = [self.places[cell] for cell in people]
        lowest, highest = np.full(len(people), np.inf), np.full(len(people), -np.inf)
        random = np.random.default_rng(0)
        for _ in range(_CORNERS):
            chosen = random.choice(len(people), size=max(1, len(people) // 4), replace=False)
            goal = {people[at]: sign for at in chosen for sign in [float(random.choice([-1, 1]))]}
            solved = self._solved(matrix, bounds, goal, at_most=_MANY)
            lowest = np.minimum(lowest, solved.x[places])
            highest = np.maximum(highest, solved.x[places])
        doubtful = [cell for cell, *at in zip(people, lowest, highest, strict=True) if _one(*at)]
        found = {cell: self.range_of(cell) for cell in doubtful}
        return told | {
            cell: int(limits[1] + _HAIR) for cell, limits in found.items() if _one(*limits)
        }

    def _told(self) -> dict[tuple, int]:
        """Return the cells that are printed as they are."""
        cells = list(self.places)
        return {
            cells[next(iter(row))]: round(highest)
            for row, lowest, highest in self.rows
            if len(row) == 1 and lowest == highest
        }

    def _limits(self) -> tuple[sparse.csr_matrix, np.ndarray]:
        rows = [
            (row, sign, sign * bound)
            for row, lowest, highest in self.rows
            for sign, bound in ((1, highest), (-1, lowest))
            if np.isfinite(bound)
        ]
        entries = [
            (place, column, sign * by)
            for place, (row, sign, _) in enumerate(rows)
            for column, by in row.items()
        ]
        at, columns, values = zip(*entries, strict=True)
        shape = len(rows), len(self.places)
        return sparse.csr_matrix((values, (at, columns)), shape), np.array([one[2] for one in rows])

    def _solved(self, matrix, bounds, goal, at_most: float | None = None) -> OptimizeResult:
        vector = np.zeros(len(self.places))
        for cell, by in goal.items():
            vector[self.places[cell]] = by
        solved = linprog(vector, matrix, bounds, bounds=(0, at_most), method="highs")
        assert solved.status in (0, 3), solved.message
        return solved


def _one(lowest: float, highest: float) -> bool:
    """Tell whether there is one whole number between two bounds, or none."""
    return bool(np.floor(highest + _HAIR) <= np.ceil(lowest - _HAIR))
