from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ml.description.profiles import PROFILE_FEATURES
from ml.description.rules import (
    ABOVE_ZERO,
    Bound,
    all_hold,
    joined_words,
    merged,
    readable_threshold,
    with_bound,
    without_implied,
)
from ml.description.vocabulary import MEASURES

ORDERS = "order_count"


@pytest.mark.parametrize(
    ("bound", "english", "french"),
    [
        (Bound(ORDERS, lower=3), "at least 3 orders", "au moins 3 commandes"),
        (Bound(ORDERS, lower=1), "at least 1 order", "au moins 1 commande"),
        (Bound(ORDERS, upper=1), "no order", "aucune commande"),
        (Bound(ORDERS, upper=2), "at most 1 order", "au plus 1 commande"),
        (Bound(ORDERS, upper=4), "at most 3 orders", "au plus 3 commandes"),
        (Bound(ORDERS, 2, 3), "exactly 2 orders", "exactement 2 commandes"),
        (Bound(ORDERS, 1, 2), "exactly 1 order", "exactement 1 commande"),
        (Bound(ORDERS, 0, 3), "at most 2 orders", "au plus 2 commandes"),
        (
            Bound("event_count", 1_000, 2_501),
            "1,000 to 2,500 events",
            "1\u202f000 à 2\u202f500 événements",
        ),
        (
            Bound("revenue", lower=1_234.5),
            "at least 1,234.50 spent in all",
            "au moins 1\u202f234,50 dépensés en tout",
        ),
        (Bound("revenue", upper=ABOVE_ZERO), "nothing spent", "rien dépensé"),
        (Bound("revenue", lower=ABOVE_ZERO), "something spent", "une dépense"),
        (
            Bound("revenue", ABOVE_ZERO, 20),
            "more than 0.00 and less than 20.00 spent in all",
            "plus de 0,00 et moins de 20,00 dépensés en tout",
        ),
        (
            Bound("removal_rate", upper=0.125),
            "less than 12.5 % of the cart taken out again",
            "moins de 12,5 % du panier retiré",
        ),
        (
            Bound("favourite_category_share", 0.45, 0.6),
            "45 % to less than 60 % of the events in the favourite category",
            "de 45 % à moins de 60 % des événements dans la catégorie préférée",
        ),
        (
            Bound("recency_days", lower=30),
            "last seen at least 30 days ago",
            "dernière visite il y a au moins 30 jours",
        ),
        (
            Bound("events_per_session", lower=4.5),
            "at least 4.5 events per visit",
            "au moins 4,5 événements par visite",
        ),
    ],
)
def test_bounds_in_words(bound: Bound, english: str, french: str) -> None:
    assert (bound.words(0), bound.words(1)) == (english, french)


def test_conditions_are_joined_as_one_says_them() -> None:
    bounds = [Bound(ORDERS, lower=3), Bound("revenue", upper=50.0), Bound("recency_days", upper=8)]
    assert joined_words(bounds, 0) == (
        "at least 3 orders, less than 50.00 spent in all, and last seen at most 7 days ago"
    )
    assert joined_words(bounds, 1) == (
        "au moins 3 commandes, moins de 50,00 dépensés en tout et dernière visite il y a au plus 7"
        " jours"
    )
    assert joined_words([], 0) == "all users"


def test_every_measure_speaks_both_languages() -> None:
    assert set(PROFILE_FEATURES) <= set(MEASURES)
    for name, measure in MEASURES.items():
        assert measure.unit in ("count", "money", "share", "seconds", "number")
        for words in (measure.phrase, measure.nothing):
            assert words.english != words.french
        assert all("{amount}" in text for text in measure.phrase)
        assert not any("{" in text for text in measure.nothing)
        if measure.unit == "count":
            assert measure.least is not None
            assert all("{amount}" in text for text in measure.least)
        for bound in (Bound(name, 2.0, 7.0), Bound(name, lower=ABOVE_ZERO), Bound(name, upper=5.0)):
            assert "{" not in bound.words(0) + bound.words(1)


@pytest.mark.parametrize(
    ("threshold", "values", "unit", "expected"),
    [
        (2.5, [2, 3], "count", 3),
        (2.0, [2, 3], "count", 3),
        (-0.5, [-1, 0], "count", 0),
        (118.37, [20, 300], "money", 120),
        (118.37, [118, 119], "money", 118.4),
        (0.4512, [0.40, 0.48], "share", 0.45),
        (0.4512, [0.451, 0.4514], "share", 0.4512),
        (0.002, [0.0, 0.004], "share", ABOVE_ZERO),
        (0.002, [0.001, 0.004], "share", 0.002),
        (7.2, [3, 9], "seconds", 7),
        (1e-9, [1e-10, 2e-9], "number", 1e-9),
    ],
)
def test_thresholds_that_people_can_read(
    threshold: float, values: list[float], unit: str, expected: float
) -> None:
    assert readable_threshold(threshold, np.array(values, float), unit) == expected


def test_a_readable_threshold_cuts_where_the_tree_did() -> None:
    rng = np.random.default_rng(0)
    values = rng.lognormal(3, 1, 5_000)
    for threshold in np.quantile(values, [0.1, 0.37, 0.5, 0.93]):
        cut = readable_threshold(float(threshold), values, "money")
        assert ((values > threshold) != (values >= cut)).mean() <= 0.002
        assert len(f"{cut:.6f}".rstrip("0").replace(".", "")) <= 4


def test_bounds_on_one_feature_are_combined() -> None:
    rule: tuple[Bound, ...] = ()
    for bound in (Bound(ORDERS, lower=1), Bound("revenue", upper=9), Bound(ORDERS, upper=5)):
        rule = with_bound(rule, bound)
    assert with_bound(rule, Bound(ORDERS, lower=3)) == (
        Bound(ORDERS, 3, 5),
        Bound("revenue", upper=9),
    )


def test_rules_that_touch_are_one() -> None:
    rest = Bound("revenue", lower=9)
    parts = [
        (Bound(ORDERS, upper=2), rest),
        (Bound(ORDERS, 4, 6), rest),
        (Bound(ORDERS, 2, 4), rest),
    ]
    assert merged(parts) == [(Bound(ORDERS, upper=6), rest)]


def test_rules_that_do_not_touch_stay_two() -> None:
    apart = [(Bound(ORDERS, upper=2),), (Bound(ORDERS, lower=4),)]
    assert merged(apart) == apart
    other = [(Bound(ORDERS, upper=2),), (Bound("revenue", lower=4),)]
    assert merged(other) == other
    two_differences = [
        (Bound(ORDERS, upper=2), Bound("revenue", lower=9)),
        (Bound(ORDERS, lower=2), Bound("revenue", upper=9)),
    ]
    assert merged(two_differences) == two_differences


def test_a_condition_that_follows_from_the_others_is_left_out() -> None:
    users = pd.DataFrame({ORDERS: [0, 1, 2], "revenue": [0.0, 40.0, 90.0]})
    rule = (Bound(ORDERS, lower=1), Bound("revenue", lower=50.0))
    assert without_implied(rule, users) == (Bound("revenue", lower=50.0),)
    assert all_hold(rule, users).tolist() == [False, False, True]


def test_the_last_condition_stays() -> None:
    users = pd.DataFrame({ORDERS: [1, 2]})
    assert without_implied((Bound(ORDERS, lower=1),), users) == (Bound(ORDERS, lower=1),)
