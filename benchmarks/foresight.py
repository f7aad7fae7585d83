"""How true the time was that a run said it had left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmarks.process import Measured

# From here on the estimate counts.
FIRST_SHARE = 0.2
_LEFT = re.compile(r"about ([\d,]+) s left")


@dataclass(frozen=True)
class Foresight:
    """What was said after a fifth of the whole time, and the largest error from there on.

    Attributes
    ----------
    told, true : float
        The seconds left as they were told, and as they were, at the first line after a fifth.
    largest_error : float
        By how much a line said too much or too little, as a share of the whole time.
    """

    told: float
    true: float
    largest_error: float


def foresight(measured: Measured) -> Foresight | None:
    """Compare what was told with what was; None for a process that told nothing so late."""
    told = [
        (when, float(found.group(1).replace(",", "")))
        for when, line in measured.said
        if when >= FIRST_SHARE * measured.seconds and (found := _LEFT.search(line))
    ]
    if not told:
        return None
    errors = [abs(left - (measured.seconds - when)) for when, left in told]
    when, left = told[0]
    return Foresight(left, measured.seconds - when, max(errors) / measured.seconds)
