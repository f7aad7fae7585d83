"""The rules of the tree, from the rows of the warehouse to the table."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.rules.facts import gather_rules

from .relations import model_row, write, write_texts
from .speech import blocks, plain, rows, said

TREE = {
    0: {"tree_precision": 0.95, "tree_recall": 0.905, "feature_importances": [0.6, 0.3, 0.1]},
    1: {"tree_precision": 1.0, "tree_recall": 0.5, "feature_importances": [0.2, 0.2, 0.6]},
    2: {"tree_precision": None, "tree_recall": None, "feature_importances": [0.0, 1.0, 0.0]},
}
TEXTS = (
    {
        "segment_id": 0,
        "en": {"tree_rule": "less than 10% of events in the cart"},
        "fr": {"tree_rule": "moins de 10\u00a0% des événements au panier"},
    },
    {"segment_id": 1, "en": {"tree_rule": "5 orders or more"}},
    {"segment_id": 2, "en": {}},
)


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *, fidelity: float | None = 0.915
) -> Facts:
    """Put a model with the tree into the warehouse, after one that must not be read."""
    old = model_row(0, model_version=1, tree_fidelity=0.1, **TREE[1])
    rows = (model_row(at, tree_fidelity=fidelity, **columns) for at, columns in TREE.items())
    write(marts, "segment_model", old, *rows)
    write_texts(marts, *TEXTS)
    return facts.having(rules=gather_rules(marts))


def test_rules_stand_with_precision_recall_and_fidelity(marts, facts) -> None:
    shown = blocks(found(marts, facts), "rules")
    assert (
        "It gives 91.5% of the customers that it had not seen the segment that the model gives"
        " them. The rules explain the segments, they do not decide"
    ) in said(shown)
    assert rows(shown) == [
        ("Big <spenders>", "5 orders or more", "100.0%", "50.0%"),
        (
            "First-timers",
            "no rule: a tree this shallow never names this segment",
            NOTHING,
            NOTHING,
        ),
        ("Window shoppers", "less than 10% of events in the cart", "95.0%", "90.5%"),
    ]


def test_the_rules_in_french(marts, facts) -> None:
    """A rule without a French text is shown as it is."""
    shown = blocks(found(marts, facts), "rules", "fr")
    assert (
        "À 91,5 % des clients qu'il n'avait pas vus, il donne le même segment que le modèle."
        in said(shown)
    )
    assert [row[1:] for row in rows(shown)] == [
        ("5 orders or more", "100,0 %", "50,0 %"),
        ("aucune règle : un arbre si peu profond ne retrouve jamais ce segment", NOTHING, NOTHING),
        ("moins de 10 % des événements au panier", "95,0 %", "90,5 %"),
    ]


def test_what_was_not_measured_is_said(marts, facts) -> None:
    rules = found(marts, facts, fidelity=None)
    for language, expected in (
        ("en", "how well it does was not measured"),
        ("fr", "sa qualité n'a pas été mesurée"),
    ):
        assert expected in said(blocks(rules, "rules", language))


def test_the_heaviest_features_come_first(marts, facts) -> None:
    """Of equals the first by name."""
    tables = [one for one in blocks(found(marts, facts), "rules") if one.kind == "table"]
    assert tables[1].rows == (
        (
            "Big <spenders>",
            "Days since last event (log): 60%",
            "Activity: 20%",
            "Orders (log): 20%",
        ),
        (
            "First-timers",
            "Orders (log): 100%",
            "Activity: 0%",
            "Days since last event (log): 0%",
        ),
        (
            "Window shoppers",
            "Activity: 60%",
            "Orders (log): 30%",
            "Days since last event (log): 10%",
        ),
    )


def test_a_small_segment_has_no_rule(marts, facts) -> None:
    rules = found(marts, facts)
    segments = tuple(replace(one, is_small=one.segment_id == 1) for one in facts.segments)
    tables = [
        one for one in blocks(replace(rules, segments=segments), "rules") if one.kind == "table"
    ]
    hidden = ("Big <spenders>", "not shown: fewer than 10 customers", NOTHING, NOTHING)
    assert tables[0].rows[0] == hidden
    assert [row[0] for row in tables[1].rows] == ["First-timers", "Window shoppers"]


def test_every_feature_has_its_share_in_every_segment(marts, facts) -> None:
    for language, names in (
        ("en", ("Feature", "Big <spenders>", "First-timers", "Window shoppers")),
        ("fr", ("Indicateur", "Gros | paniers", "Débutants", "Curieux")),
    ):
        tables = [
            one for one in blocks(found(marts, facts), "rules", language) if one.kind == "table"
        ]
        assert tables[-1].headings == names
        assert [[plain(cell).replace(" ", "") for cell in row[1:]] for row in tables[-1].rows] == [
            ["20%", "0%", "60%"],
            ["20%", "100%", "30%"],
            ["60%", "0%", "10%"],
        ]
