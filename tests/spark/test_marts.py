"""From the totals of users to segments and all that is said of them: the same on both engines."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.demo_store import write_demo_store
from tests.spark.close_rows import differences
from tests.spark.conftest import Engines

pytestmark = [pytest.mark.spark, pytest.mark.timeout(1200)]

# What is no result: when something was done, and hashes of brands, which differ by the engine.
_LEFT_OUT = {
    "trained_segments": "trained_at",
    "segment_model": "trained_at",
    "current_segment_model": "trained_at",
    "run_ledger": "started_at",
    "run_segments": "started_at",
    "int_segment_shelves": "shelf_key",
}
RELATIONS = [
    "campaign_members", "campaign_purchases", "campaign_results", "campaigns", "cohort_months",
    "current_segment_model", "customers", "experiment_sizes", "feature_drift",
    "feature_redundancy", "feature_stability", "int_campaign_groups", "int_compared_users",
    "int_early_features", "int_early_months", "int_early_segments", "int_early_visits",
    "int_first_events", "int_history_features", "int_history_inputs", "int_history_segments",
    "int_long_histories", "int_outcomes", "int_past_outcomes", "int_previous_segments",
    "int_sampled_users", "int_segment_responses", "int_segment_shelves", "int_snapshots",
    "int_training_users", "label_agreement", "lifecycle_months", "model_evaluation", "run_ledger",
    "run_segments", "segment_buyer_contrasts", "segment_favourites", "segment_hours",
    "segment_feature_profiles", "segment_inputs", "segment_migrations", "segment_model",
    "segment_profiles",
    "segment_registry", "segment_states", "segment_texts", "segment_totals", "segment_value",
    "segment_windows",
    "store_months", "trained_segments", "user_features", "user_segments", "value_shares",
]  # fmt: skip
# As the settings of a model, so that the next one is another.
_OTHER_MODEL = {"segment_count": 3}


@pytest.fixture(scope="module")
def built(engines: Engines) -> Engines:
    """A synthetic store, built on both engines from its files."""
    planted = engines.warehouse.parent / "planted_types.csv"
    write_demo_store(engines.datasets, user_count=1_000, seed=5, planted_types_file=planted)
    engines.build()
    return engines


def test_every_relation_of_the_marts_is_compared(built: Engines) -> None:
    names = built.rows_here(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    assert sorted(name for (name,) in names) == RELATIONS


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_is_equal_on_both_engines(built: Engines, name: str) -> None:
    assert differences(*_on_both(built, name)) == []


def test_both_engines_train_the_same_model(built: Engines) -> None:
    here, there = _on_both(built, "trained_segments")
    assert here.num_rows >= 3
    archetypes = [sorted(table["archetype"].to_pylist()) for table in (here, there)]
    assert archetypes[0] == archetypes[1]


def test_a_model_of_duckdb_gives_the_same_labels_on_spark(built: Engines) -> None:
    built.build_here("--select", "trained_segments+", **_OTHER_MODEL)
    built.put_on_spark("marts.trained_segments", _here(built, "marts.trained_segments"))
    selection = ("--select", "segment_texts+1", "current_segment_model", "user_segments")
    assert built.build_on_spark(*selection, **_OTHER_MODEL) == []
    here, there = _on_both(built, "user_segments")
    assert set(here["model_version"].drop_null().to_pylist()) == {2}
    assert differences(here, there) == []


def _on_both(built: Engines, name: str) -> tuple[pa.Table, pa.Table]:
    tables = (
        _here(built, f"marts.{name}"),
        pq.read_table(built.on_spark(f"select * from marts.{name}")),
    )
    if name in _LEFT_OUT:
        return tuple(table.drop_columns(_LEFT_OUT[name]) for table in tables)
    return tables


def _here(built: Engines, relation: str) -> pa.Table:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        return connection.sql(f"select * from {relation}").to_arrow_table()
