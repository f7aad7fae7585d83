"""What is said of outcomes: the month after, campaigns, labels that last, and rules."""

from __future__ import annotations

from collections.abc import Sequence

from tests.attacker.figures import cells, count, equal, sentences, share, total
from tests.attacker.system import System
from tests.attacker.tables import count_in
from tests.every_number.printed import Place

_VALUE, _SURE = "What a segment is worth next month", "How sure is a label"
_CAMPAIGNS, _RULES = "What campaigns changed", "In plain rules"


def outcomes_of(system: System, places: Sequence[Place]) -> None:
    """Add it."""
    _returned(system, places)
    _averages(system, places)
    _between(system, places)
    _labels(system, places)
    _campaigns(system, places)
    _rules(system, places)


def _returned(system: System, places: Sequence[Place]) -> None:
    for place in cells(places, _VALUE, "Came back", ""):
        if place.row != "Average":
            cell, then = ("back", place.row), {("then", place.row): 1.0}
            share(system, {cell: 1.0}, then, place.text)
            equal(system, total([cell, ("not back", place.row)]), then)


def _averages(system: System, places: Sequence[Place]) -> None:
    """The average is of all that were in a segment then; a told one leaves the hidden out."""
    listed = {place.row for place in cells(places, _VALUE, "Customers then", "")} - {"Average"}
    then = total(("then", name) for name in sorted(listed))
    if not then:
        return
    for kind, column in (("next", "Bought next month"), ("back", "Came back")):
        parts = total((kind, cell[1]) for cell in then)
        for place in cells(places, _VALUE, column, ""):
            if place.row == "Average":
                share(system, parts, then, place.text)
    dates = [place.row for place in cells(places, _VALUE, "Customers then", ".*explain")]
    for place in cells(places, _VALUE, "Customers then", ".*explain"):
        if place.row == max(dates) and (known := count_in(place.text)) is not None:
            system.add(then, known, known)


def _between(system: System, places: Sequence[Place]) -> None:
    for place in cells(places, _SURE, "Between two"):
        cell, size = ("between", place.row), {("now", place.row): 1.0}
        count(system, cell, place.text)
        equal(system, total([cell, ("not between", place.row)]), size)
    for place in cells(places, _SURE, "Share of the segment"):
        share(system, {("between", place.row): 1.0}, {("now", place.row): 1.0}, place.text)
    every = total(cell for cell in system.places if cell[0] == "between")
    for found in sentences(places, _SURE, r"^([\d,]+) customers, (\S+%) of those with a segment"):
        known = count_in(found[1]) or 0
        system.add(every, known, known)


def _labels(system: System, places: Sequence[Place]) -> None:
    """Who has the final label early: shares of customers whose number is told once."""
    for found in sentences(places, _SURE, r"([\d,]+) customers with at least"):
        known = count_in(found[1]) or 0
        for place in cells(places, _SURE, "share with the final label"):
            cell = ("label", place.row)
            system.add(total([cell, ("not label", place.row)]), known, known)
            share(system, {cell: 1.0}, total([cell, ("not label", place.row)]), place.text)


def _campaigns(system: System, places: Sequence[Place]) -> None:
    """How many were treated and left alone, and which shares of them bought."""
    for name, rate in (("Got it", "who got it"), ("Left alone", "left alone")):
        for place in cells(places, _CAMPAIGNS, name):
            size = ("campaign", place.heading, place.row, name)
            count(system, size, place.text)
            equal(system, total([(*size, "bought"), (*size, "not bought")]), {size: 1.0})
        for place in cells(places, _CAMPAIGNS, f"Buyers of those {rate}"):
            size = ("campaign", place.heading, place.row, name)
            share(system, {(*size, "bought"): 1.0}, {size: 1.0}, place.text)
    groups = {cell[1:4] for cell in system.places if cell[0] == "campaign"}
    for name, column in {(name, column) for name, _, column in groups}:
        rows = [row for heading, row, of in groups if (heading, of) == (name, column)]
        for end in ((), ("bought",)):
            parts = [("campaign", name, row, column, *end) for row in rows if row != "All"]
            whole = {("campaign", name, "All", column, *end): 1.0}
            if parts:
                equal(system, total(parts), whole)


def _rules(system: System, places: Sequence[Place]) -> None:
    """How many of a segment meet its rule, as if all had been held out of the tree."""
    for place in cells(places, _RULES, "Recall", ""):
        meets, size = ("meets", place.row), {("now", place.row): 1.0}
        share(system, {meets: 1.0}, size, place.text)
        equal(system, total([meets, ("misses", place.row)]), size)
    for place in cells(places, _RULES, "Precision", ""):
        meets, others = ("meets", place.row), ("others meet", place.row)
        share(system, {meets: 1.0}, total([meets, others]), place.text)
