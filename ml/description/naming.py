"""Names of segments, derived from what their users do and never from a number.

Each segment is first recognised as a kind whose claims are true of it (`kinds`). Segments of one
kind are told apart by the feature that separates them best from the next one of their kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.description.kinds import (
    contradictions,
    is_of_buyers,
    is_of_repeat_buyers,
    kind_of,
    still_holds,
)
from ml.description.levels import Level, give_levels, level_in
from ml.description.name_words import DISTINCTION, KINDS, OF_VISITS, QUALIFIERS, VALUE_RANK
from ml.description.profiles import Profile, has_purchases_only, profiles_of
from ml.description.traits import TRAITS, Trait, give_traits
from ml.description.vocabulary import Words
from ml.description.wording import figures_in_words, filled, quoted_shares

_KIND_OF_NAME = {kind.name.english: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class SegmentName:
    """Name, rule and recommended action of one segment in both languages.

    `quoted_shares` are the shares of its users that the rule quotes: who 'bought', 'repeated' (of
    those who bought) or 'carted'.
    """

    english: str
    french: str
    rule: str
    rule_french: str
    action: str
    action_french: str
    quoted_shares: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Parts:
    """A name taken apart: the kind, and what tells it from others; a plain one needs nothing."""

    kind: str
    trait: Trait | None
    level: Level | None
    is_plain: bool


def name_segments(
    labels: np.ndarray, users: pd.DataFrame, *, former: Mapping[int, Words] | None = None
) -> tuple[SegmentName, ...]:
    """Name every segment; no two names are equal.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1, each at least once.
    users : DataFrame of n_users rows
        With `ml.description.profiles.PROFILE_COLUMNS`, raw.
    former : mapping from label to Words, optional
        The names of the segments that an earlier model had too. Such a segment keeps its name,
        unless what its users do now contradicts it.

    Returns
    -------
    tuple of k SegmentName
        In the order of the labels; a permutation of the labels permutes the names.
    """
    profiles = profiles_of(labels, users)
    features = [
        name for name in QUALIFIERS if not (has_purchases_only(users) and name in OF_VISITS)
    ]
    kept = {
        place: parts
        for place, words in (former or {}).items()
        if (parts := _parts(words.english)) and still_holds(parts.kind, profiles[place])
    }
    kinds = [
        kept[place].kind if place in kept else kind_of(profile)
        for place, profile in enumerate(profiles)
    ]
    named: dict[int, SegmentName] = {}
    for kind in sorted(set(kinds)):
        alike = [place for place, other in enumerate(kinds) if other == kind]
        # In an order that renumbering does not change, so that no sum or tie depends on it.
        alike.sort(key=lambda place: profiles[place].identity())
        group = {place: profiles[place] for place in alike}
        named |= _names_of_kind(kind, group, kept, features)
    return tuple(named[place] for place in range(len(profiles)))


def untrue_names(
    labels: np.ndarray, users: pd.DataFrame, names: Mapping[int, str]
) -> dict[int, tuple[str, ...]]:
    """Return by label what a name says and the users contradict; empty where all names are true.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1.
    users : DataFrame of n_users rows
        With `ml.description.profiles.PROFILE_COLUMNS`, raw.
    names : mapping from label to str
        The English name of each segment.
    """
    profiles = profiles_of(labels, users)
    parts = {place: _parts(name) for place, name in names.items()}
    found: dict[int, tuple[str, ...]] = {}
    for place, own in parts.items():
        if own is None:
            found[place] = (f"no kind is called {names[place]}",)
            continue
        untrue = list(contradictions(own.kind, profiles[place]))
        others = [
            profiles[at]
            for at, other in parts.items()
            if at != place and other is not None and other.kind == own.kind
        ]
        if own.trait and not own.trait.holds(profiles[place], others):
            untrue.append(f"not alone in its kind: {own.trait.words.english}")
        if own.level and not own.level.holds(profiles[place]):
            untrue.append(f"not so: {own.level.words.english}")
        if untrue:
            found[place] = tuple(untrue)
    return found


def _parts(name: str) -> _Parts | None:
    """Take an English name apart; None where this vocabulary has no such kind."""
    plain, _, words = name.partition(", ")
    if plain not in _KIND_OF_NAME:
        return None
    return _Parts(_KIND_OF_NAME[plain], TRAITS.get(words), level_in(words), is_plain=not words)


def _names_of_kind(
    kind: str, alike: dict[int, Profile], kept: Mapping[int, _Parts], features: list[str]
) -> dict[int, SegmentName]:
    """Name the segments of one kind, in the order of their profiles."""
    former = {
        place: kept[place].trait
        for place in alike
        if place in kept and (kept[place].trait or kept[place].is_plain)
    }
    traits = give_traits(alike, former, features, are_buyers=is_of_buyers(kind))
    untold = [place for place in alike if place not in traits]
    said = {place: level for place in untold if place in kept and (level := kept[place].level)}
    plain = [place for place in untold if former.get(place, ...) is None]
    if len(untold) == 1 and not said:
        plain = untold
    figures = ("gap_days", "spend") if is_of_repeat_buyers(kind) else ("spend",)
    levels = give_levels({place: alike[place] for place in untold}, said, figures)
    by_value = sorted(alike, key=lambda place: alike[place].value, reverse=True)
    names = {}
    for place, profile in alike.items():
        others = [other for at, other in alike.items() if at != place]
        if place in traits:
            told_apart = traits[place].words, traits[place].sentence(profile, others)
        elif place in plain[:1]:
            told_apart = None
        elif place in levels:
            told_apart = levels[place].words, Words("", "")
        else:
            told_apart = _by_value(by_value.index(place) + 1)
        names[place] = _name(kind, profile, told_apart)
    return names


def _by_value(rank: int) -> tuple[Words, Words]:
    """Tell a segment apart that nothing else does."""
    words = filled(VALUE_RANK, rank=rank)
    return words, filled(DISTINCTION, qualifier=words)


def _name(kind: str, profile: Profile, told_apart: tuple[Words, Words] | None) -> SegmentName:
    words = KINDS[kind]
    name = words.name
    rule = Words(*(_sentence(text) for text in filled(words.rule, **figures_in_words(profile))))
    if told_apart is not None:
        qualifier, sentence = told_apart
        name = Words(*(f"{text}, {word}" for text, word in zip(name, qualifier, strict=True)))
        rule = Words(
            *(f"{text} {more}".rstrip() for text, more in zip(rule, sentence, strict=True))
        )
    return SegmentName(*name, *rule, *words.action, quoted_shares(words.rule))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
