"""Names, rules and bounds in words."""

from __future__ import annotations

import pytest

from ml.description.archetypes import CLAIMS
from ml.description.measures import RULE_UNITS, TRAIT_UNITS
from ml.description.profiles import FIGURES
from ml.description.rules import ABOVE_ZERO, Bound
from pipeline.reporting.kit.languages import languages
from pipeline.reporting.kit.segment_words import SegmentWords
from tests.catalogues import places, texts

ORDERS = "order_count"


def said(language: str, *bounds: Bound) -> str:
    """Return one rule in words, with plain spaces."""
    words = SegmentWords(language).tree_rule([[bound.as_code() for bound in bounds]])
    assert words is not None
    return words.replace("\u00a0", " ")


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
            "less than 12.5% of the cart taken out again",
            "moins de 12,5 % du panier retiré",
        ),
        (
            Bound("favourite_category_share", 0.45, 0.6),
            "45% to less than 60% of the events in the favourite category",
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
    assert (said("en", bound), said("fr", bound)) == (english, french)


def test_conditions_are_joined_as_one_says_them() -> None:
    bounds = [Bound(ORDERS, lower=3), Bound("revenue", upper=50.0), Bound("recency_days", upper=8)]
    assert said("en", *bounds) == (
        "at least 3 orders, less than 50.00 spent in all, and last seen at most 7 days ago"
    )
    assert said("fr", *bounds) == (
        "au moins 3 commandes, moins de 50,00 dépensés en tout et dernière visite il y a au plus 7"
        " jours"
    )
    assert said("en") == "all users"
    rules = [[Bound(ORDERS, upper=1).as_code()], [Bound("revenue", lower=9.0).as_code()]]
    assert SegmentWords("en").tree_rule(rules) == "no order; or at least 9.00 spent in all"
    assert SegmentWords("en").tree_rule(None) is None


@pytest.mark.parametrize("language", languages())
def test_every_code_of_the_model_has_words(language: str) -> None:
    words = SegmentWords(language)
    for feature in RULE_UNITS:
        for bound in (
            Bound(feature, 2.0, 7.0), Bound(feature, lower=ABOVE_ZERO), Bound(feature, upper=5.0),
            Bound(feature, upper=ABOVE_ZERO),
        ):  # fmt: skip
            assert "{" not in said(language, bound)
    names = []
    figures = [{"figure": figure, "value": 0.5} for figure in FIGURES] + [
        {"figure": f"rank_{feature}", "value": 0.5} for feature in TRAIT_UNITS
    ]
    for archetype in CLAIMS:
        for distinction in _distinctions():
            row = {"archetype": archetype, "distinction": distinction, "tree_rules": None}
            found = words.texts({"segment_id": 0, "profile_figures": figures, **row})
            assert "{" not in "".join(map(str, found.values()))
            names.append(found["segment_name"])
    assert len(set(names)) == len(names)


def _distinctions() -> list[dict | None]:
    traits = [
        {"kind": side, "feature": feature, "unit": unit, "amount": 2.0, "next_amount": 1.0}
        for feature, unit in TRAIT_UNITS.items()
        for side in ("more", "less")
    ]
    levels = [{"kind": "level", "feature": one, "amount": 9.0} for one in ("gap_days", "spend")]
    return [None, *traits, *levels, {"kind": "value_rank", "amount": 2.0}]


def test_every_share_has_words_for_each_size() -> None:
    shares = texts("en", "share")
    assert {key.partition(".")[2] for key in shares} == {
        "nobody", "hardly_anybody", "some", "nearly_all",
    }  # fmt: skip
    for key, text in shares.items():
        assert places(text) == ({"share"} if key.endswith(".some") else set())


def test_a_segment_of_an_older_model_has_a_name_and_nothing_else() -> None:
    row = {"segment_id": 3, "archetype": None, "tree_rules": None}
    assert SegmentWords("en").texts(row) == {
        "segment_name": "Segment 3 of an earlier version",
        "naming_rule": None,
        "quoted_figures": [],
        "recommended_action": None,
        "tree_rule": None,
    }


def test_a_rule_says_which_figures_it_quotes() -> None:
    figures = [{"figure": figure, "value": 0.5} for figure in FIGURES] + [
        {"figure": f"rank_{feature}", "value": 0.5} for feature in TRAIT_UNITS
    ]
    row = {"segment_id": 0, "tree_rules": None, "distinction": None, "profile_figures": figures}
    found = SegmentWords("fr").texts(row | {"archetype": "cart_hesitators"})
    assert found["quoted_figures"] == ["cart_share", "carted", "few_bought"]
