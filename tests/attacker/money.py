"""What all tables together say of the money of groups, and by it of how many there are."""

from __future__ import annotations

import numpy as np

from tests.attacker.system import System
from tests.attacker.tables import Table, amount_in, count_in, share_in

# All without a segment, whatever the reason.
_WITHOUT = ("money", "(without)")


def money_of(system: System, tables: list[Table]) -> None:
    """Add what is said of revenue, in all and by segment."""
    for _, _, names, rows in tables:
        columns = {name: place for place, name in enumerate(names)}
        if {"Customers", "Revenue", "Per customer", "Lift"} <= columns.keys():
            _segments(system, [_Row(row, columns) for row in rows])
    for _, _, names, rows in tables:
        if names == ["Step", "Revenue"]:
            total = amount_in(rows[-1][1], is_coarse=False)
            groups = {cell: 1.0 for cell in system.places if cell[0] == "money"}
            if total and groups:
                system.add(groups | {_WITHOUT: 1.0}, *total)
        if names[0] == "Reason" and "Share of customers" in names:
            _reasons(system, rows)


def sizes_of_segments(system: System) -> dict[tuple, float]:
    """Return how many customers each segment has, as the terms of their sum."""
    return {
        ("now", cell[1]): 1.0 for cell in system.places if cell[0] == "money" and cell != _WITHOUT
    }


class _Row:
    """One row of the table of segments: what it says, each as two bounds or nothing."""

    def __init__(self, row: list[str], columns: dict[str, int]) -> None:
        self.name = row[0]
        self.count = count_in(row[columns["Customers"]])
        self.is_about = row[columns["Customers"]].startswith("about")
        self.revenue = amount_in(row[columns["Revenue"]], is_coarse=True)
        self.share = _twice_rounded(share_in(row[columns["Revenue share"]]))
        self.per_customer = amount_in(row[columns["Per customer"]], is_coarse=True)
        self.lift = _twice_rounded(amount_in(row[columns["Lift"]], is_coarse=False))


def _twice_rounded(bounds: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return wider bounds of a number that has had three digits before it had its last one."""
    return (bounds[0] * 0.995, bounds[1] * 1.005) if bounds else None


def _segments(system: System, rows: list[_Row]) -> None:
    *segments, together = rows
    all_money = {("money", row.name): 1.0 for row in segments}
    everybody = {("now", row.name): 1.0 for row in segments}
    for row in segments:
        cell = {("money", row.name): 1.0}
        system.add(cell, *(row.revenue or (0, np.inf)))
        system.add({("now", row.name): 1.0}, 0, np.inf)
        _between(system, cell, all_money, row.share)
        _between(system, cell, {("now", row.name): 1.0}, row.per_customer)
        if row.per_customer and row.lift and row.lift[0] > 0:
            # What a customer of the segment brings in, as a multiple of what anybody does.
            bounds = row.per_customer[0] / row.lift[1], row.per_customer[1] / row.lift[0]
            _between(system, all_money, everybody, _about(bounds, together.is_about))
    if together.revenue:
        system.add(all_money, *together.revenue)
    _between(system, all_money, everybody, _about(together.per_customer, together.is_about))


def _about(bounds: tuple[float, float] | None, is_about: bool) -> tuple[float, float] | None:
    """Return wider bounds of what is computed from a total that is at most 1 % from the truth."""
    return (bounds[0] / 1.01, bounds[1] * 1.01) if bounds and is_about else bounds


def _between(
    system: System,
    part: dict[tuple, float],
    whole: dict[tuple, float],
    bounds: tuple[float, float] | None,
) -> None:
    """Let a sum be between two multiples of another."""
    if bounds is None:
        return
    for bound, lowest, highest in ((bounds[0], 0, np.inf), (bounds[1], -np.inf, 0)):
        terms = dict(part)
        for cell, by in whole.items():
            terms[cell] = terms.get(cell, 0.0) - bound * by
        system.add(terms, lowest, highest)


def _reasons(system: System, rows: list[list[str]]) -> None:
    """Why customers have no segment: each reason is a group, too."""
    for name, count, *_ in rows:
        if (known := count_in(count)) is not None:
            system.add({("now", f"({name})"): 1.0}, known, known)
