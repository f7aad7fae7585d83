from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ml.naming import PROFILE_FEATURES, name_segments
from ml.vocabulary import KINDS, QUALIFIERS


def _users(*segments: dict[str, object], size: int = 40) -> tuple[np.ndarray, pd.DataFrame]:
    """Build segments of equal size; what is not given is the same for all."""
    rows = [dict.fromkeys(PROFILE_FEATURES, 1.0) | {"order_count": 0} | one for one in segments]
    users = pd.DataFrame([row for row in rows for _ in range(size)])
    return np.repeat(np.arange(len(segments)), size), users


@pytest.mark.parametrize(
    ("segment", "other", "name"),
    [
        ({"order_count": 3}, {}, "Loyal regulars"),
        ({"order_count": 1}, {}, "One-time buyers"),
        ({"order_count": 3, "recency_days": 90}, {}, "Lapsed buyers"),
        (
            {"order_count": 1, "average_order_value": 900, "price_level": 3.0},
            {"order_count": 1, "average_order_value": 9},
            "Big spenders",
        ),
        ({"order_count": 2, "price_level": 0.4}, {}, "Bargain hunters"),
        ({"cart_count": 4}, {"cart_count": 0}, "Cart hesitators"),
        ({"cart_count": 0, "recency_days": 90}, {}, "Lapsed visitors"),
        ({"cart_count": 0, "active_day_count": 9}, {}, "Window shoppers"),
        ({"cart_count": 0, "favourite_category_share": 2.0}, {}, "Focused researchers"),
        ({"cart_count": 0, "category_count": 9}, {}, "Wide browsers"),
        ({"cart_count": 0, "active_day_count": 0}, {}, "Occasional visitors"),
    ],
)
def test_each_kind_is_recognised(segment: dict, other: dict, name: str) -> None:
    labels, users = _users(segment, other)
    assert name_segments(labels, users)[0].english == name


def test_names_do_not_follow_numbers() -> None:
    labels, users = _users({"order_count": 3}, {"cart_count": 0}, {"order_count": 1})
    named = name_segments(labels, users)
    renumbered = np.array([2, 0, 1])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_segments_of_one_kind_are_told_apart_by_what_differs_most() -> None:
    labels, users = _users(
        {"cart_count": 0, "active_day_count": 9, "price_level": 3.0},
        {"cart_count": 0, "active_day_count": 8, "price_level": 0.5},
        *[{"cart_count": 0, "active_day_count": 1}] * 3,
    )
    named = name_segments(labels, users)
    assert named[0].english == "Window shoppers, premium taste"
    assert named[1].english == "Window shoppers, low-price taste"
    assert named[0].french == "Lèche-vitrines, goût haut de gamme"


def test_ten_segments_alike_have_ten_names() -> None:
    rng = np.random.default_rng(0)
    users = pd.DataFrame(rng.random((1_000, len(PROFILE_FEATURES))), columns=list(PROFILE_FEATURES))
    labels = np.arange(1_000) % 10
    named = name_segments(labels, users)
    assert len({name.english for name in named}) == 10
    assert len({name.french for name in named}) == 10


def test_rules_quote_figures_and_leave_no_placeholder() -> None:
    labels, users = _users({"order_count": 3}, {})
    for name in name_segments(labels, users):
        assert "{" not in name.rule + name.rule_french + name.action + name.action_french
    assert name_segments(labels, users)[0].rule == "100 % have bought, 100 % at least twice."


def test_every_word_is_there_in_both_languages_and_no_name_twice() -> None:
    names = [kind.name for kind in KINDS.values()]
    assert (
        len({name.english for name in names}) == len({name.french for name in names}) == len(KINDS)
    )
    pairs = [words for pair in QUALIFIERS.values() for words in pair]
    assert len({words.english for words in pairs}) == len({words.french for words in pairs})
    assert all(words.english and words.french for words in [*names, *pairs])


def test_segments_without_a_noticeable_trait_are_told_apart_by_value() -> None:
    alike = {"cart_count": 0}
    labels, users = _users(alike | {"revenue": 5}, alike | {"revenue": 9}, alike | {"revenue": 2})
    named = name_segments(labels, users)
    assert [name.english for name in named] == [
        "Occasional visitors, value rank 2",
        "Occasional visitors, value rank 1",
        "Occasional visitors, value rank 3",
    ]
    assert named[1].french == "Visiteurs occasionnels, rang de valeur 1"
    renumbered = np.array([1, 2, 0])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_thirty_segments_of_one_kind_have_thirty_names() -> None:
    rows = [{"cart_count": 0, "revenue": float(place)} for place in range(30)]
    labels, users = _users(*rows, size=4)
    named = name_segments(labels, users)
    assert len({name.english for name in named}) == len({name.french for name in named}) == 30
