"""Levels of spend: what tells segments apart of which none is the first of its kind in anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from ml.name_words import LEVEL
from ml.profiles import Profile
from ml.rules import written
from ml.vocabulary import Words

# A name that says "about" stays true while the spend is within this share of what it says.
_ABOUT = 0.25
_IN_NAME = re.compile(LEVEL.english.format(amount=r"([\d,.]+)"))


def level_in(words: str) -> float | None:
    """Return the level that the English words say; None where they say none.

    Examples
    --------
    >>> level_in("about 2,600 per customer"), level_in("more orders")
    (2600.0, None)
    """
    found = _IN_NAME.fullmatch(words)
    return float(found[1].replace(",", "")) if found else None


def is_about(level: float, spend: float) -> bool:
    """Tell whether a spend is about as high as a level."""
    return abs(spend - level) <= _ABOUT * level


def words_of(level: float) -> Words:
    """Return a level as a name says it.

    Examples
    --------
    >>> words_of(2600.0).english
    'about 2,600 per customer'
    """
    return Words(
        *(
            text.format(amount=written(level, "number", language))
            for language, text in enumerate(LEVEL)
        )
    )


def levels_of(segments: Mapping[int, Profile], former: Mapping[int, float]) -> dict[int, float]:
    """Return the level of each segment that spends something and whose level no other has.

    Parameters
    ----------
    segments : mapping from place to Profile
    former : mapping from place to float
        The levels by which segments were named so far; they stay while they are true.

    Returns
    -------
    dict from place to float
        With two digits, so that the next sample mostly gives the same.
    """
    found = {}
    for place, profile in segments.items():
        spend = profile.figures["spend"]
        level = former.get(place)
        found[place] = level if level and is_about(level, spend) else float(f"{spend:.2g}")
    counts = Counter(found.values())
    return {place: level for place, level in found.items() if level > 0 and counts[level] == 1}
