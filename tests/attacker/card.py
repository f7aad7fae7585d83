"""What a model card says of numbers of customers."""

from __future__ import annotations

import re

import numpy as np

from tests.attacker.model import objectors
from tests.attacker.money import sizes_of_segments
from tests.attacker.system import System
from tests.attacker.tables import count_in, share_in, tables_of

_LABELLED = re.compile(r"customers, (.+) of them with a segment")
_TRAINED = re.compile(r"Trained on (.+) of (.+) customers who may have a segment")
_WITHOUT = re.compile(r"Without a segment, (.+): ([\d,]+)\.$", flags=re.MULTILINE)


def card_of(system: System, card: str, report: str) -> None:
    """Add what the card says to what the report does.

    All eligible customers have a segment, but those who object.
    """
    sizes, gone = sizes_of_segments(system), objectors(system, tables_of(report))
    labelled, trained = _LABELLED.search(card), _TRAINED.search(card)
    assert labelled
    assert trained
    if (known := count_in(labelled[1])) is not None:
        system.add(sizes, known, known)
    for found in trained.groups():
        if (known := count_in(found)) is not None:
            system.add(sizes | gone, known, known)
    for reason, count in _WITHOUT.findall(card):
        known = count_in(count)
        assert known is not None
        system.add({("now", f"({reason})"): 1.0}, known, known)
    for _, _, names, rows in tables_of(card):
        for row in rows:
            if names[0] == "Metric" and row[0] == "Smallest segment":
                _smallest(system, sizes, gone, share_in(row[1]))


def _smallest(
    system: System,
    sizes: dict[tuple, float],
    gone: dict[tuple, float],
    share: tuple[float, float] | None,
) -> None:
    """No segment had fewer of those who trained: who have a segment today, and who objected since.

    Any of the latter may have been in it.
    """
    for cell in sizes if share else ():
        terms = dict.fromkeys(sizes, -share[0]) | gone
        terms[cell] += 1
        system.add(terms, 0, np.inf)
