"""Traits: what tells segments of one archetype apart, and which segment is named by which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ml.description.measures import ABOUT_ORDERS, MIDDLE
from ml.description.profiles import Profile

# A smaller distance to the next segment, in mean ranks, is no trait that anybody would notice.
_NOTICEABLE = 0.02
# What is nearer is not preferred for what it is about: another sample would prefer another feature.
_CLEAR = 0.1


@dataclass(frozen=True)
class Trait:
    """A segment has the most of a feature among the segments of its archetype, or the least."""

    feature: str
    is_less: bool

    def separation(self, profile: Profile, others: list[Profile]) -> float:
        """Return the distance in mean rank to the next of the others; negative if not beyond all.

        Medians have to differ as well: they are what a rule quotes. And they have to be on the side
        that the words name, where there is a middle: nobody's dear choices are called cheaper.
        """
        sign = -1 if self.is_less else 1
        middle = MIDDLE.get(self.feature)
        if middle is not None and sign * (profile.medians[self.feature] - middle) <= 0:
            return -1.0
        ranks = [profile.ranks[self.feature] - other.ranks[self.feature] for other in others]
        medians = [profile.medians[self.feature] - other.medians[self.feature] for other in others]
        is_beyond = all(sign * difference > 0 for difference in medians)
        return min(sign * difference for difference in ranks) if is_beyond else -1.0

    def holds(self, profile: Profile, others: list[Profile]) -> bool:
        """Tell whether no other segment has as much; of the only one of its archetype, it holds."""
        return not others or self.separation(profile, others) >= 0

    def medians(self, profile: Profile, others: list[Profile]) -> tuple[float, float] | None:
        """Return the median of the segment and of the next of its archetype; None if alone."""
        if not others:
            return None
        beside = [other.medians[self.feature] for other in others]
        following = min(beside) if self.is_less else max(beside)
        return profile.medians[self.feature], following


def give_traits(
    alike: Mapping[int, Profile],
    former: Mapping[int, Trait | None],
    features: list[str],
    *,
    are_buyers: bool,
) -> dict[int, Trait]:
    """Give segments of one archetype a trait each, as far as there are any.

    Former ones stay while they are true. Of the others the clearest is given away first, of buyers
    one about what they buy if there is a clear one, so that the outcome does not depend on the
    numbers of the segments.

    Parameters
    ----------
    alike : mapping from place to Profile
        The segments, in an order that does not depend on their numbers.
    former : mapping from place to Trait or None
        By what a segment was named so far; None is by its archetype alone, which one may keep.
    features : list of str
        What may tell them apart.
    are_buyers : bool

    Returns
    -------
    dict from place to Trait
    """
    others = {place: [alike[at] for at in alike if at != place] for place in alike}
    chosen: dict[int, Trait] = {}
    for place, trait in former.items():
        if trait is not None and trait.holds(alike[place], others[place]):
            chosen[place] = trait
    plain = [place for place in alike if former.get(place, ...) is None]
    waiting = {
        place: others[place]
        for place in alike
        if others[place] and place not in chosen and place not in plain[:1]
    }
    first = ABOUT_ORDERS if are_buyers else ()
    offers = [
        (trait.separation(alike[place], rest), trait, place)
        for place, rest in waiting.items()
        for trait in _traits_of(features)
    ]
    # Stable: equal separations stay in the order of the profiles, and of the features.
    offers.sort(key=lambda offer: -offer[0])
    offers.sort(key=lambda offer: offer[1].feature not in first or offer[0] < _CLEAR)
    for separation, trait, place in offers:
        if separation >= _NOTICEABLE and place not in chosen and trait not in chosen.values():
            chosen[place] = trait
    return chosen


def _traits_of(features: list[str]) -> Iterator[Trait]:
    for feature in features:
        yield Trait(feature, is_less=False)
        yield Trait(feature, is_less=True)
