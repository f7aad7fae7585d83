"""Levels: what tells segments apart of which none is the first of its kind in anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ml.description.name_words import LEVELS
from ml.description.profiles import Profile
from ml.description.rules import written
from ml.description.vocabulary import Words

# A name that says a level stays true while the figure is within this share of it.
_ABOUT = 0.25
_LEAST = {"gap_days": 2.0, "spend": 0.1}


@dataclass(frozen=True)
class Level:
    """About how high a figure of the profile is, of those in `LEVELS`."""

    figure: str
    amount: float

    @property
    def words(self) -> Words:
        """The level as a name says it.

        Examples
        --------
        >>> Level("gap_days", 11.0).words.english, Level("spend", 2600.0).words.english
        ('an order every 11 days', 'about 2,600 per customer')
        """
        return Words(
            *(
                text.format(amount=written(self.amount, "number", language))
                for language, text in enumerate(LEVELS[self.figure])
            )
        )

    def holds(self, profile: Profile) -> bool:
        """Tell whether the figure is about as high."""
        return abs(profile.figures[self.figure] - self.amount) <= _ABOUT * self.amount


def level_in(words: str) -> Level | None:
    """Return the level that English words say; None where they say none.

    Examples
    --------
    >>> level_in("about 2,600 per customer"), level_in("more orders")
    (Level(figure='spend', amount=2600.0), None)
    """
    for figure, texts in LEVELS.items():
        found = re.fullmatch(texts.english.format(amount=r"([\d,.]+)"), words)
        if found:
            return Level(figure, float(found[1].replace(",", "")))
    return None


def give_levels(
    segments: Mapping[int, Profile], former: Mapping[int, Level], figures: Sequence[str]
) -> dict[int, Level]:
    """Give each segment a level that no other has, as far as there are any.

    Parameters
    ----------
    segments : mapping from place to Profile
    former : mapping from place to Level
        By what segments were named so far; it stays while it is true.
    figures : sequence of str
        Of `LEVELS`; the first that tells a segment apart does.

    Returns
    -------
    dict from place to Level
    """
    chosen = {place: level for place, level in former.items() if level.holds(segments[place])}
    for figure in figures:
        offers = {
            place: Level(figure, _rounded(figure, profile.figures[figure]))
            for place, profile in segments.items()
        }
        counts = Counter(offers.values())
        chosen |= {
            place: level
            for place, level in offers.items()
            if place not in chosen
            and level not in chosen.values()
            and level.amount >= _LEAST[figure]
            and counts[level] == 1
        }
    return chosen


def _rounded(figure: str, value: float) -> float:
    """Return a figure so that the next sample mostly gives the same."""
    return float(round(value)) if figure == "gap_days" else float(f"{value:.2g}")
