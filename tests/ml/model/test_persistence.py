"""Segments that people plan with keep their ids and names when the model is renewed."""

from __future__ import annotations

import json

import duckdb
import numpy as np
import pandas as pd
import pytest

from ml.model.config import SegmentationConfig
from ml.training import train
from pipeline.reporting.kit.segment_words import SegmentWords
from tests.conftest import Store, run_dbt

pytestmark = [pytest.mark.slow, pytest.mark.long]

# Few repetitions: what is asked is whether the segments are the same, not how certain they are.
SETTINGS = {
    "resample_count": 10,
    "split_count": 10,
    "null_draw_count": 5,
    "resample_rows": 5000,
    "history_users": 20000,
}
# Of the users who have a segment by both versions, how many have the same.
KEPT = """
    select
        sum(user_count) filter (where from_segment_id = to_segment_id) / sum(user_count),
        sum(user_count)
    from marts.segment_migrations
    where kind = 'model' and from_segment_id is not null and to_segment_id is not null
"""
NAMES = """
    select segment_id, list(segment_name order by model_version)
    from marts.segment_model
    where model_version >= (select max(model_version) - 1 from marts.segment_model)
    group by segment_id
    having count(*) = 2
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of 20,000 users that is segmented after three months, and again after four."""
    from pipeline.demo_store import write_demo_store

    folder = tmp_path_factory.mktemp("persistence")
    store = Store(folder / "datasets", folder / "warehouse.duckdb", folder / "reports")
    written = write_demo_store(
        folder / "all",
        user_count=20_000,
        seed=1,
        month_count=4,
        planted_types_file=folder / "planted_types.csv",
    )
    store.datasets.mkdir()
    *early, last = written.event_files
    for path in early:
        (store.datasets / path.name).symlink_to(path)
    _build(store)
    (store.datasets / last.name).symlink_to(last)
    _build(store, retrain=True)
    return store


def _build(store: Store, **settings: object) -> None:
    finished = run_dbt(
        "build", "--exclude-resource-type", "test", "unit_test",
        "--vars", json.dumps(SETTINGS | settings),
        datasets=store.datasets,
        warehouse=store.warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output


def _assert_same_segments(store: Store, version: int) -> None:
    assert store.query("select max(model_version) from marts.segment_model") == [(version,)]
    ((share, user_count),) = store.query(KEPT)
    assert user_count > 5_000
    assert share >= 0.9
    names = store.query(NAMES)
    assert len(names) >= 5
    assert all(former == later for _, (former, later) in names)


def test_one_more_month_leaves_ids_and_names(grown: Store) -> None:
    _assert_same_segments(grown, 2)


def test_a_model_that_knows_no_former_one_gives_the_same_names(grown: Store) -> None:
    """With the same number of segments; which number a half takes is another question."""
    with duckdb.connect(str(grown.warehouse), read_only=True) as connection:
        users = connection.execute("from marts.int_training_users order by user_id").df()
        (settings, count) = connection.execute(
            "select settings, segment_count from marts.segment_model order by model_version"
        ).fetchall()[0]
    few = {"resample_count": 2, "split_count": 1, "null_draw_count": 2, "k_max": 2}
    config = SegmentationConfig.from_mapping(json.loads(settings) | few | {"segment_count": count})
    named = _names_of(users, config)
    assert named.nunique() == count
    for seed in range(3):
        again = _names_of(users.sample(frac=0.5, random_state=seed), config)
        assert set(again) == set(named)
        assert (again == named[again.index]).mean() >= 0.9


def _names_of(users: pd.DataFrame, config: SegmentationConfig) -> pd.Series:
    """Train afresh, and return the name that each user gets."""
    model = train(users, config)
    names = np.array([SegmentWords("en").name(name.as_row()) for name in model.names])
    return pd.Series(names[model.labels], index=sorted(users["user_id"]))


def test_half_of_the_users_give_the_same_ids_and_names(grown: Store) -> None:
    ((eligible,),) = grown.query("select max(eligible_user_count) from marts.segment_model")
    # Those who train are drawn by a hash of the id.
    _build(grown, training_rows=eligible // 2)
    trained = "select distinct training_user_count from marts.segment_model where model_version = 3"
    assert grown.query(trained) == [(eligible // 2,)]
    _assert_same_segments(grown, 3)
