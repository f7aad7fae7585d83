"""Names of segments, derived from what their users do and never from a number.

Each segment is first recognised as a kind, by rules that a marketing person would use: do they buy,
again, recently, expensively, do they fill carts, do they look around. Segments of one kind are told
apart by the trait in which they differ most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.kinds import Profile, kind_of, profiles_of, still_holds
from ml.vocabulary import DISTINCTION, KINDS, QUALIFIERS, VALUE_RANK, Words

#: The columns of the users that names are made from.
PROFILE_FEATURES = (
    "revenue",
    "event_count",
    *QUALIFIERS,
)

# A smaller difference between mean ranks is no trait that anybody would notice.
_NOTICEABLE = 0.02
_KIND_OF_NAME = {kind.name.english: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class SegmentName:
    """Name, rule and recommended action of one segment in both languages."""

    english: str
    french: str
    rule: str
    rule_french: str
    action: str
    action_french: str


@dataclass(frozen=True)
class _Former:
    """A name from before, taken apart: the kind, and what told it from others, if anything."""

    kind: str
    qualifier: Words | None


def name_segments(
    labels: np.ndarray, users: pd.DataFrame, *, former: Mapping[int, Words] | None = None
) -> tuple[SegmentName, ...]:
    """Name every segment; no two names are equal.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1, each at least once.
    users : DataFrame of n_users rows
        With the columns of `PROFILE_FEATURES`, raw.
    former : mapping from label to Words, optional
        The names of the segments that an earlier model had too. Such a segment keeps its name,
        unless what its users do now contradicts it.

    Returns
    -------
    tuple of k SegmentName
        In the order of the labels; a permutation of the labels permutes the names.
    """
    profiles = profiles_of(labels, users)
    kept = _kept(former or {}, profiles)
    kinds = [
        kept[place].kind if place in kept else kind_of(profile)
        for place, profile in enumerate(profiles)
    ]
    qualifiers: dict[int, Words] = {}
    for kind in sorted(set(kinds)):
        alike = [place for place, other in enumerate(kinds) if other == kind]
        # In an order that renumbering does not change, so that no sum or tie depends on it.
        alike.sort(key=lambda place: profiles[place].identity())
        named = {place: kept[place].qualifier for place in alike if place in kept}
        qualifiers |= _qualifiers({place: profiles[place] for place in alike}, named)
    return tuple(
        _name(kind, profile, qualifiers.get(place))
        for place, (kind, profile) in enumerate(zip(kinds, profiles, strict=True))
    )


def _kept(former: Mapping[int, Words], profiles: list[Profile]) -> dict[int, _Former]:
    """Return the former names that still hold; one that this vocabulary lacks does not."""
    kept = {}
    for place, words in former.items():
        (name, _, english), (_, _, french) = (text.partition(", ") for text in words)
        kind = _KIND_OF_NAME.get(name)
        if kind is not None and still_holds(kind, profiles[place]):
            kept[place] = _Former(kind, Words(english, french) if english else None)
    return kept


def _qualifiers(alike: dict[int, Profile], named: Mapping[int, Words | None]) -> dict[int, Words]:
    """Give each of several segments of one kind a qualifier of its own.

    Those in `named` keep what they have, be it nothing. Of the others the clearest difference from
    the rest of the group is given away first, so that the outcome does not depend on the order of
    the segments. A difference that nobody would notice is none: segments without a noticeable one
    are told apart by their value.
    """
    chosen = {place: words for place, words in named.items() if words is not None}
    if len(alike) == 1:
        return chosen
    taken = set(chosen.values())
    # Stable: equal differences stay in the order of the profiles.
    for _, _, is_low, feature, place in sorted(_differences(alike), key=lambda entry: entry[:3]):
        words = QUALIFIERS[feature][int(is_low)]
        if place not in chosen and place not in named and words not in taken:
            chosen[place] = words
            taken.add(words)
    plain = {place: alike[place] for place in alike if place not in chosen and place not in named}
    is_alone = len(plain) == 1 and None not in named.values()
    return chosen if is_alone else chosen | _by_value(plain, taken)


def _differences(alike: dict[int, Profile]) -> list[tuple[float, int, bool, str, int]]:
    """Return the noticeable differences of each segment from the others of its group."""
    differences = []
    for place, profile in alike.items():
        others = [other for key, other in alike.items() if key != place]
        for order, feature in enumerate(QUALIFIERS):
            rest = np.mean([other.ranks[feature] for other in others])
            difference = float(profile.ranks[feature] - rest)
            if abs(difference) >= _NOTICEABLE:
                differences.append((-abs(difference), order, difference < 0, feature, place))
    return differences


def _by_value(alike: dict[int, Profile], taken: set[Words]) -> dict[int, Words]:
    """Number segments that nothing else tells apart by their value, the most valuable first."""
    ordered = sorted(alike, key=lambda place: alike[place].value, reverse=True)
    ranks = (
        Words(*(text.format(rank=rank) for text in VALUE_RANK))
        for rank in range(1, len(ordered) + len(taken) + 1)
    )
    free = [words for words in ranks if words not in taken]
    return dict(zip(ordered, free, strict=False))


def _name(kind: str, profile: Profile, qualifier: Words | None) -> SegmentName:
    words = KINDS[kind]
    name = words.name
    rule = Words(
        *(_sentence(text.format(**profile.wording(place))) for place, text in enumerate(words.rule))
    )
    if qualifier is not None:
        name = Words(*(f"{text}, {word}" for text, word in zip(name, qualifier, strict=True)))
        rule = Words(
            *(
                f"{text} {distinction.format(qualifier=word)}"
                for text, distinction, word in zip(rule, DISTINCTION, qualifier, strict=True)
            )
        )
    return SegmentName(
        name.english,
        name.french,
        rule.english,
        rule.french,
        words.action.english,
        words.action.french,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
