"""What the figures of the model say of how many customers there are."""

from __future__ import annotations

import numpy as np

from tests.attacker.money import sizes_of_segments
from tests.attacker.system import System
from tests.attacker.tables import Table, amount_in

# Nobody looks for more customers than that: the stores of the tests are small.
_MOST = 10_000


def model_of(system: System, tables: list[Table]) -> None:
    """Add what inertias and indices of Calinski and Harabasz say of all with a segment.

    The index of k segments is (T - W) / (k - 1) / (W / (n - k)), where W is their inertia, and T,
    that of one segment, the same for all: few n agree with every k.
    """
    for _, _, names, rows in tables:
        figures = {row[0]: row[1:] for row in rows}
        is_by_number = all(name[0].isdigit() for name in names[1:])
        if not is_by_number or not {"Inertia", "Calinski-Harabasz"} <= figures.keys():
            continue
        ks = [int(name.split()[0]) for name in names[1:]]
        inertias, indices = (
            [amount_in(cell, is_coarse=False) for cell in figures[name]]
            for name in ("Inertia", "Calinski-Harabasz")
        )
        known = [
            (k, *inertia, *index)
            for k, inertia, index in zip(ks, inertias, indices, strict=True)
            if inertia and index
        ]
        agreeing = [n for n in range(max(ks) + 1, _MOST) if _agree(known, n)]
        sizes = sizes_of_segments(system)
        if known and agreeing:
            system.add(sizes | objectors(system, tables), agreeing[0], agreeing[-1])


def objectors(system: System, tables: list[Table]) -> dict[tuple, float]:
    """Return who trained the model and has objected since, where anybody has, as terms."""
    terms: dict[tuple, float] = {}
    for _, _, names, rows in tables:
        for row in rows:
            if names[0] == "Reason" and row[0].startswith("objected"):
                trained = ("trained", f"({row[0]})")
                system.add({trained: 1.0, ("now", f"({row[0]})"): -1.0}, -np.inf, 0)
                terms[trained] = 1.0
    return terms


def _agree(known: list[tuple[int, float, float, float, float]], n: int) -> bool:
    lowest = max(low * (1 + ch * (k - 1) / (n - k)) for k, low, _, ch, _ in known)
    highest = min(high * (1 + ch * (k - 1) / (n - k)) for k, _, high, _, ch in known)
    return lowest <= highest
