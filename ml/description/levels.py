"""Levels: what tells segments apart of which none is the first of its archetype in anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ml.description.profiles import Profile

# A name that says a level stays true while the figure is within this share of it.
_ABOUT = 0.25
_LEAST = {"gap_days": 2.0, "spend": 0.1}


@dataclass(frozen=True)
class Level:
    """About how high a figure of the profile is: days between orders, or spend per customer."""

    figure: str
    amount: float

    def holds(self, profile: Profile) -> bool:
        """Tell whether the figure is about as high."""
        return abs(profile.figures[self.figure] - self.amount) <= _ABOUT * self.amount


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
        The first that tells a segment apart does.

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
