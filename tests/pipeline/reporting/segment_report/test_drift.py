"""Whether the data has moved, from the rows of the warehouse to the sentences."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from pipeline.reporting.segment_report.drift.facts import gather_drift
from pipeline.reporting.segment_report.facts import Facts

from .relations import write
from .speech import blocks, rows, said


def found(marts: duckdb.DuckDBPyConnection, facts: Facts, **indices: float) -> Facts:
    """Put an index for each feature into the warehouse, as the warehouse judges it."""
    values = [
        {"feature_name": name, "psi": psi, "noise": 0.0012, "is_drifted": psi > 0.25}
        for name, psi in indices.items()
    ]
    write(marts, "feature_drift", *values)
    return facts.having(drift=gather_drift(marts))


def test_above_the_threshold_a_new_model_is_proposed(marts, facts) -> None:
    drift = found(marts, facts, log_revenue=0.31, cart_rate=0.251, log_order_count=0.25)
    english, french = (blocks(drift, "drift", language) for language in ("en", "fr"))
    assert (
        "Above the threshold: “Revenue (log)” (0.31), “Cart additions per event” (0.25). Customers"
        " are no longer what they were: consider a new model, `python run_pipeline.py run"
        " --retrain`."
    ) in said(english)
    assert "(0,31)" in said(french)
    assert "Les clients ne sont plus ce qu'ils étaient" in said(french)
    assert rows(english) == [
        ("Revenue (log)", "0.310", "0.001", "yes"),
        ("Cart additions per event", "0.251", "0.001", "yes"),
        ("Orders (log)", "0.250", "0.001", "no"),
    ]
    assert [row[-1] for row in rows(french)] == ["oui", "oui", "non"]


def test_below_the_threshold_the_highest_index_is_named(marts, facts) -> None:
    drift = found(marts, facts, cart_rate=0.02, log_revenue=0.24)
    english, french = (said(blocks(drift, "drift", language)) for language in ("en", "fr"))
    assert (
        "No feature is above the threshold; the highest index is 0.24, of “Revenue (log)”."
        in english
    )
    assert "Aucun indicateur ne dépasse le seuil ; l'indice le plus élevé, 0,24" in french
    assert "--retrain" not in english + french


def test_the_same_customers_have_not_moved(marts, facts) -> None:
    drift = found(marts, facts, cart_rate=0.0, log_revenue=0.0049)
    assert "Nothing has moved: they are the same customers" in said(blocks(drift, "drift"))
    assert "Rien n'a changé" in said(blocks(drift, "drift", "fr"))
    own = drift.sections["drift"]
    drift = drift.having(drift=replace(own, features=own.features[1:]))
    assert "Nothing has moved" in said(blocks(drift, "drift"))
