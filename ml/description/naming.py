"""Names of segments, derived from what their users do and never from a number.

Each segment is first recognised as an archetype whose claims are true of it (`archetypes`).
Segments of one archetype are told apart by the feature that separates them best from the next one
of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ml.description.archetypes import (
    CLAIMS,
    archetype_of,
    contradictions,
    is_of_buyers,
    is_of_repeat_buyers,
    still_holds,
)
from ml.description.levels import Level, give_levels
from ml.description.measures import OF_VISITS, TRAIT_UNITS
from ml.description.profiles import FIGURES, Profile, has_purchases_only, profiles_of
from ml.description.traits import Trait, give_traits


@dataclass(frozen=True)
class ValueRank:
    """What tells a segment apart that nothing else does: its place by value, 1 is the highest."""

    rank: int


@dataclass(frozen=True)
class SegmentName:
    """A name as codes, and the figures behind it; the words are the reports'.

    Attributes
    ----------
    archetype : str
        Of `archetypes.CLAIMS`.
    told_apart : Trait, Level, ValueRank or None
        What tells it from other segments of its archetype; a plain one needs nothing.
    figures : dict of str to float
        What the segment does: see `Profile.quotable`.
    medians : tuple of float, optional
        Of the feature of a trait: the own one, and that of the next segment of its archetype.
    """

    archetype: str
    told_apart: Trait | Level | ValueRank | None = None
    figures: dict[str, float] = field(default_factory=dict)
    medians: tuple[float, float] | None = None

    def as_row(self) -> dict[str, object]:
        """Return the columns of `ml.model.parameters.SCHEMA` that hold a name."""
        return {
            "archetype": self.archetype,
            "distinction": self._distinction(),
            "profile_figures": [
                {"figure": figure, "value": value} for figure, value in self.figures.items()
            ],
        }

    def _distinction(self) -> dict[str, object] | None:
        own = self.told_apart
        if own is None:
            return None
        if isinstance(own, ValueRank):
            return {"kind": "value_rank", "amount": float(own.rank)}
        if isinstance(own, Level):
            return {"kind": "level", "feature": own.figure, "amount": own.amount}
        amount, next_amount = self.medians or (None, None)
        return {
            "kind": "less" if own.is_less else "more",
            "feature": own.feature,
            "unit": TRAIT_UNITS[own.feature],
            "amount": amount,
            "next_amount": next_amount,
        }


def name_in(row: Mapping[str, Any]) -> SegmentName | None:
    """Return the name that a row of `ml.model.parameters.SCHEMA` holds, without its figures.

    None where the model is older than archetypes, or this version does not know the codes.

    Examples
    --------
    >>> found = name_in(SegmentName("loyal_regulars", Level("spend", 900.0)).as_row())
    >>> found == SegmentName("loyal_regulars", Level("spend", 900.0))
    True
    """
    code = row["distinction"]
    known = {"level": FIGURES, "more": TRAIT_UNITS, "less": TRAIT_UNITS}
    if row["archetype"] not in CLAIMS or (
        code and code["kind"] in known and code["feature"] not in known[code["kind"]]
    ):
        return None
    return SegmentName(row["archetype"], _told_apart(code))


def _told_apart(code: Mapping[str, Any] | None) -> Trait | Level | ValueRank | None:
    if code is None:
        return None
    if code["kind"] == "value_rank":
        return ValueRank(int(code["amount"]))
    if code["kind"] == "level":
        return Level(code["feature"], code["amount"])
    return Trait(code["feature"], is_less=code["kind"] == "less")


def name_segments(
    labels: np.ndarray, users: pd.DataFrame, *, former: Mapping[int, SegmentName] | None = None
) -> tuple[SegmentName, ...]:
    """Name every segment in codes; no two names are equal.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1, each at least once.
    users : DataFrame of n_users rows
        With `ml.description.profiles.PROFILE_COLUMNS`, raw.
    former : mapping from label to SegmentName, optional
        The names of the segments that an earlier model had too. Such a segment keeps its name,
        unless what its users do now contradicts it.

    Returns
    -------
    tuple of k SegmentName
        In the order of the labels; a permutation of the labels permutes the names.
    """
    profiles = profiles_of(labels, users)
    features = [
        name for name in TRAIT_UNITS if not (has_purchases_only(users) and name in OF_VISITS)
    ]
    kept = {
        place: name
        for place, name in (former or {}).items()
        if still_holds(name.archetype, profiles[place])
    }
    archetypes = [
        kept[place].archetype if place in kept else archetype_of(profile)
        for place, profile in enumerate(profiles)
    ]
    named: dict[int, SegmentName] = {}
    for archetype in sorted(set(archetypes)):
        alike = [place for place, other in enumerate(archetypes) if other == archetype]
        # In an order that renumbering does not change, so that no sum or tie depends on it.
        alike.sort(key=lambda place: profiles[place].identity())
        group = {place: profiles[place] for place in alike}
        named |= _names_of_archetype(archetype, group, kept, features)
    return tuple(named[place] for place in range(len(profiles)))


def untrue_names(
    labels: np.ndarray, users: pd.DataFrame, names: Mapping[int, SegmentName]
) -> dict[int, tuple[str, ...]]:
    """Return by label what a name says and the users contradict; empty where all names are true.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1.
    users : DataFrame of n_users rows
        With `ml.description.profiles.PROFILE_COLUMNS`, raw.
    names : mapping from label to SegmentName
        A place by value is not looked at.
    """
    profiles = profiles_of(labels, users)
    found: dict[int, tuple[str, ...]] = {}
    for place, own in names.items():
        untrue = list(contradictions(own.archetype, profiles[place]))
        others = [
            profiles[at]
            for at, other in names.items()
            if at != place and other.archetype == own.archetype
        ]
        apart = own.told_apart
        if isinstance(apart, Trait) and not apart.holds(profiles[place], others):
            untrue.append(f"not alone in its archetype: {apart}")
        if isinstance(apart, Level) and not apart.holds(profiles[place]):
            untrue.append(f"not so: {apart}")
        if untrue:
            found[place] = tuple(untrue)
    return found


def _names_of_archetype(
    archetype: str, alike: dict[int, Profile], kept: Mapping[int, SegmentName], features: list[str]
) -> dict[int, SegmentName]:
    """Name the segments of one archetype, in the order of their profiles."""
    former = {place: kept[place].told_apart for place in alike if place in kept}
    known = {
        place: apart for place, apart in former.items() if apart is None or isinstance(apart, Trait)
    }
    traits = give_traits(alike, known, features, are_buyers=is_of_buyers(archetype))
    untold = [place for place in alike if place not in traits]
    said = {place: level for place in untold if isinstance(level := former.get(place), Level)}
    plain = [place for place in untold if known.get(place, ...) is None]
    if len(untold) == 1 and not said:
        plain = untold
    figures = ("gap_days", "spend") if is_of_repeat_buyers(archetype) else ("spend",)
    levels = give_levels({place: alike[place] for place in untold}, said, figures)
    by_value = sorted(alike, key=lambda place: alike[place].value, reverse=True)
    names = {}
    for place, profile in alike.items():
        others = [other for at, other in alike.items() if at != place]
        if place in traits:
            medians = traits[place].medians(profile, others)
            names[place] = SegmentName(archetype, traits[place], profile.quotable(), medians)
        elif place in plain[:1]:
            names[place] = SegmentName(archetype, None, profile.quotable())
        else:
            apart = levels.get(place) or ValueRank(by_value.index(place) + 1)
            names[place] = SegmentName(archetype, apart, profile.quotable())
    return names
