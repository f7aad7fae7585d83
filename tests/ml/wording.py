"""Names in words, as tests read them; spaces are plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.description import naming
from ml.description.archetypes import CLAIMS
from ml.description.levels import Level
from ml.description.measures import TRAIT_UNITS
from ml.description.naming import SegmentName, ValueRank
from ml.description.traits import Trait
from pipeline.reporting.kit.segment_words import SegmentWords
from tests.catalogues import texts

_ARCHETYPES, _TRAITS = texts("en", "archetype"), texts("en", "trait")
ARCHETYPE_OF = {_ARCHETYPES[f"{archetype}.name"]: archetype for archetype in CLAIMS}
_APART = {
    _TRAITS[f"{feature}.{side}"]: Trait(feature, is_less=side == "less")
    for feature in TRAIT_UNITS
    for side in ("more", "less")
}


@dataclass(frozen=True)
class Spoken:
    """What is said of one segment."""

    english: str
    french: str
    rule: str
    rule_french: str
    action: str
    action_french: str


def coded(english: str, *levels: Level) -> SegmentName:
    """Return the name that English words stand for; a level is one of these."""
    plain, _, apart = english.partition(", ")
    known = {} if not apart else _APART | {_apart(level): level for level in levels}
    return SegmentName(ARCHETYPE_OF[plain], known[apart] if apart else None)


def _apart(level: Level) -> str:
    return in_words(SegmentName("loyal_regulars", level)).partition(", ")[2]


def in_words(name: SegmentName, language: str = "en") -> str:
    """Return a name in words."""
    return SegmentWords(language).name(name.as_row())


def spoken(names: tuple[SegmentName, ...]) -> list[Spoken]:
    """Return what is said of segments."""
    return [
        Spoken(*(_plain(said[column]) for column in _COLUMNS for said in both))
        for name in names
        for both in [[SegmentWords(one).texts(_row(name)) for one in ("en", "fr")]]
    ]


_COLUMNS = ("segment_name", "naming_rule", "recommended_action")


def _row(name: SegmentName) -> dict[str, object]:
    return {"segment_id": 0, "tree_rules": None, **name.as_row()}


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def name_segments(
    labels: np.ndarray, users: pd.DataFrame, *, former: Mapping[int, SegmentName] | None = None
) -> list[Spoken]:
    """Return what is said of segments, by what their users do."""
    return spoken(naming.name_segments(labels, users, former=former))


def is_by_value(name: SegmentName) -> bool:
    """Tell whether only its value tells a segment apart."""
    return isinstance(name.told_apart, ValueRank)
