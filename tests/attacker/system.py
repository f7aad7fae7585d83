"""What is known of numbers of people and of their money, as linear constraints."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog


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
        limits = []
        for row, lowest, highest in self.rows:
            limits += [(row, 1, highest)] if np.isfinite(highest) else []
            limits += [(row, -1, -lowest)] if np.isfinite(lowest) else []
        matrix, bounds = np.zeros((len(limits), len(self.places))), [limit for *_, limit in limits]
        for place, (row, sign, _) in enumerate(limits):
            for column, by in row.items():
                matrix[place, column] = sign * by
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.places))
            goal[self.places[cell]] = sign
            solved = linprog(goal, matrix, bounds, bounds=(0, None), method="highs")
            assert solved.status in (0, 3), solved.message
            found.append(sign * solved.fun if solved.status == 0 else np.inf)
        return found[0], found[1]
