"""What all tables together say of numbers of customers."""

from __future__ import annotations

import re

import numpy as np

from tests.attacker.model import model_of
from tests.attacker.money import money_of
from tests.attacker.system import System
from tests.attacker.tables import SHARE, count_in, tables_of


def constraints(markdown: str) -> System:
    """Return what all tables together say of counts of customers."""
    system = System()
    money_of(system, tables_of(markdown))
    model_of(system, tables_of(markdown))
    for page, heading, names, rows in tables_of(markdown):
        columns = {name: place for place, name in enumerate(names)}
        snapshot_date = re.fullmatch(r"From (\S+) to (\S+)", heading)
        if page:
            _page(system, page, names, rows)
        elif snapshot_date and names[0] == "Before":
            _moves(system, names, rows)
        elif "Customers then" in columns and names[0] == "Segment":
            _sizes(system, rows, columns["Customers then"], "then")
            if "Bought next month" in columns:
                _buyers(system, rows, columns, "Customers then", "Bought next month", "next")
        elif {"Customers", "Bought"} <= columns.keys():
            _sizes(system, rows, columns["Customers"], "now")
            _buyers(system, rows, columns, "Customers", "Bought", "ever")
            for row in rows:
                if (share := SHARE.fullmatch(row[columns["Share"]])) and row is not rows[-1]:
                    _share(system, row[0], rows, float(share[1]) / 100)
        elif names[0] == "State":
            states = {("state", row[0]): count_in(row[columns["Customers"]]) for row in rows}
            for cell, count in states.items():
                if count is not None:
                    system.add({cell: 1}, count, count)
    return system


def _page(system: System, segment: str, names: list[str], rows: list[list[str]]) -> None:
    """What the page of a segment says of its states, of where it came from, and where it went."""
    kinds = {
        "State": lambda other: ("state", segment, other),
        "Its customers of today were": lambda other: ("move", other, segment),
        "Its customers of then are": lambda other: ("move", segment, other),
    }
    if names[0] not in kinds:
        return
    cells = {kinds[names[0]](row[0]): count_in(row[1]) for row in rows}
    for cell, count in cells.items():
        system.add({cell: 1}, count or 0, np.inf if count is None else count)
    if names[0] == "State":
        system.add(dict.fromkeys(cells, 1.0) | {("now", segment): -1.0}, 0, 0)


def _moves(system: System, names: list[str], rows: list[list[str]]) -> None:
    for row in rows:
        for name, cell in zip(names[1:], row[1:], strict=True):
            move, count = ("move", row[0], name), count_in(cell)
            system.add({move: 1}, count or 0, np.inf if count is None else count)
        cells = {("move", row[0], name): 1.0 for name in names[1:]}
        system.add(cells | {("then", row[0]): -1.0}, 0, 0)
    for name in names[1:]:
        cells = {("move", row[0], name): 1.0 for row in rows}
        system.add(cells | {("now", name): -1.0}, 0, 0)


def _sizes(system: System, rows: list[list[str]], place: int, when: str) -> None:
    segments = [row for row in rows if not row[0].startswith(("All", "Average"))]
    for row in segments:
        if (count := count_in(row[place])) is not None:
            system.add({(when, row[0]): 1}, count, count)
    if len(segments) < len(rows) and (total := count_in(rows[-1][place])) is not None:
        system.add({(when, row[0]): 1.0 for row in segments}, total, total)


def _buyers(system, rows, columns, size: str, bought: str, kind: str) -> None:
    """A share of buyers says how many bought, and how many did not, to its last digit."""
    for row in rows:
        count, share = count_in(row[columns[size]]), SHARE.match(row[columns[bought]])
        if count is None or row[0].startswith(("All", "Average")):
            continue
        system.add({(kind, row[0]): 1, ("not " + kind, row[0]): 1}, count, count)
        if share:
            half = 0.5 * 10 ** -len(share[2] or "") / 100
            rate = float(share[1]) / 100
            system.add({(kind, row[0]): 1}, count * (rate - half), count * (rate + half))


def _share(system: System, segment: str, rows: list[list[str]], share: float) -> None:
    terms = {("now", row[0]): -(share - 0.0005) for row in rows[:-1]}
    terms[("now", segment)] += 1
    system.add(terms, 0, np.inf)
    terms = {("now", row[0]): -(share + 0.0005) for row in rows[:-1]}
    terms[("now", segment)] += 1
    system.add(terms, -np.inf, 0)
