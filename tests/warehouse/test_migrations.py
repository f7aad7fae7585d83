"""Who moved between segments, when the model is another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store, run_dbt

pytestmark = pytest.mark.slow

FROM_FEATURES = (
    "segment_inputs+",
    "int_snapshots+",
    "int_sampled_users+",
    "int_long_histories+",
)
MODEL_TO_MODEL = """
    select from_version, to_version, from_segment_id, to_segment_id, user_count
    from marts.segment_migrations
    where kind = 'model' and from_segment_id is not null
    order by all
"""


@pytest.fixture
def copy(demo_store: Store, tmp_path: Path) -> Store:
    """A copy of the synthetic store, whose every user is in the sample of the history."""
    store = Store(demo_store.datasets, tmp_path / "copy.duckdb", tmp_path / "reports")
    store.warehouse.write_bytes(demo_store.warehouse.read_bytes())
    return store


def _segment(store: Store, settings: dict[str, object]) -> None:
    finished = run_dbt(
        "build", "--exclude-resource-type", "unit_test", "--select", *FROM_FEATURES,
        "--vars", json.dumps(settings), datasets=store.datasets, warehouse=store.warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output


@pytest.mark.long
def test_migrations_from_model_to_model_stay_until_the_next_model(copy: Store) -> None:
    segments = "select user_id, segment_id from marts.user_segments where segment_id is not null"
    before = dict(copy.query(segments))
    features = ["log_active_day_count", "cart_rate", "log_order_count", "log_tenure_days"]
    settings = {"model_features": features, "segment_count": 3}
    _segment(copy, settings)
    after = dict(copy.query(segments))
    moved: dict[tuple[int, int], int] = {}
    for user, segment in after.items():
        pair = (before[user], segment)
        moved[pair] = moved.get(pair, 0) + 1
    expected = [(1, 2, *pair, count) for pair, count in sorted(moved.items())]
    assert copy.query(MODEL_TO_MODEL) == expected
    assert sum(count for *_, count in expected) == len(after) == len(before)
    assert dict(copy.query("select segment_id, status from marts.segment_registry")) == (
        dict.fromkeys(before.values(), "retired") | dict.fromkeys(after.values(), "current")
    )
    # The same settings again: no new version, and the way from the former one is still there.
    _segment(copy, settings)
    assert copy.query("select max(model_version) from marts.segment_model") == [(2,)]
    assert copy.query(MODEL_TO_MODEL) == expected


@pytest.mark.long
def test_features_alone_segment_nobody(demo_store: Store, tmp_path: Path) -> None:
    store = Store(demo_store.datasets, tmp_path / "features.duckdb", tmp_path / "reports")
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    assert store.query(
        "select table_name from information_schema.tables where table_schema = 'marts' order by all"
    ) == [("run_ledger",), ("user_features",)]
    assert not published_path(store.warehouse).exists()
    finished = store.run("model")
    assert finished.code == 0, finished.errors
    every = "select table_name from information_schema.tables where table_schema = 'marts'"
    assert set(store.query(every)) == set(demo_store.query(every))
    for table in ("user_segments", "label_agreement", "feature_stability", "segment_migrations"):
        rows = f"select * from marts.{table} order by all"
        assert store.query(rows) == demo_store.query(rows)
