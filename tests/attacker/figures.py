"""Figures at places of a published page, as bounds between which the true ones lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from tests.attacker.system import System
from tests.attacker.tables import count_in, share_in
from tests.every_number.printed import Place

Terms = Mapping[tuple, float]


def cells(
    places: Iterable[Place], section: str, column: str, heading: str = ".*"
) -> Iterator[Place]:
    """Give the cells of one column, or of several, below some headings."""
    for place in places:
        if (
            place.column
            and re.fullmatch(section, place.section)
            and re.fullmatch(column, place.column)
            and re.fullmatch(heading, place.heading)
        ):
            yield place


def sentences(places: Iterable[Place], section: str, pattern: str) -> Iterator[re.Match[str]]:
    """Give what a pattern finds in the texts of a section that are no cells."""
    for place in places:
        if not place.column and re.fullmatch(section, place.section):
            yield from re.finditer(pattern, place.text)


def count(system: System, cell: tuple, text: str) -> None:
    """Let a cell be the number that is told, or any."""
    known = count_in(text)
    system.add({cell: 1}, known or 0, np.inf if known is None else known)


def equal(system: System, first: Terms, second: Terms) -> None:
    """Let two sums be the same."""
    terms = dict(first)
    for cell, by in second.items():
        terms[cell] = terms.get(cell, 0.0) - by
    system.add(terms, 0, 0)


def share(system: System, part: Terms, whole: Terms, text: str) -> None:
    """Let a sum be the share of another that is told, to its last digit."""
    if (bounds := share_in(text)) is not None:
        ratio(system, part, whole, *bounds)


def ratio(system: System, part: Terms, whole: Terms, lowest: float, highest: float) -> None:
    """Let a sum be between two multiples of another."""
    for bound, limits in ((lowest, (0, np.inf)), (highest, (-np.inf, 0))):
        terms = dict(part)
        for cell, by in whole.items():
            terms[cell] = terms.get(cell, 0.0) - bound * by
        system.add(terms, *limits)


def total(found: Iterable[tuple]) -> dict[tuple, float]:
    """Return the sum of cells."""
    return dict.fromkeys(found, 1.0)
