"""Whether users are still what they were: between months, and since the model was trained."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from ml.features.drift import Bins, learn_bins, measure_drift, psi
from pipeline.demo_store import write_demo_store
from tests.conftest import Finished, Store

pytestmark = pytest.mark.slow

NO_FEATURES = ["user_id", "snapshot_date", "is_eligible", "is_automatic"]
VERSIONS = "select max(model_version) from marts.segment_model"


def _with_a_later_month(folder: Path, drift: float) -> tuple[Store, Finished]:
    """Train on four months, then run again with the fifth."""
    store = Store(folder / "datasets", folder / "warehouse" / "drift.duckdb", folder / "reports")
    written = write_demo_store(
        store.datasets,
        planted_types_file=folder / "planted_types.csv",
        user_count=1_500,
        seed=3,
        month_count=5,
        drift=drift,
    )
    last = written.event_files[-1]
    aside = last.rename(folder / last.name)
    first = store.run()
    assert first.code == 0, first.errors
    assert "no longer what they were" not in first.errors
    aside.rename(last)
    return store, store.run()


@pytest.fixture(scope="module")
def stable(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Finished]:
    """A store in which nothing but time passes."""
    return _with_a_later_month(tmp_path_factory.mktemp("stable"), 0)


@pytest.mark.long
def test_a_stable_store_gives_no_warning(stable: tuple[Store, Finished]) -> None:
    store, finished = stable
    assert finished.code == 0, finished.errors
    assert "Warning" not in finished.errors
    assert store.query("select count(*) from marts.feature_drift where is_drifted") == [(0,)]


@pytest.mark.long
def test_a_drifting_store_warns_and_keeps_its_model(tmp_path: Path) -> None:
    store, finished = _with_a_later_month(tmp_path, 8)
    assert finished.code == 0, finished.errors
    # Nobody came in the first weeks, which is warned of, too.
    warnings = [line for line in finished.errors.splitlines() if "no longer what" in line]
    assert len(warnings) == 1
    worst, index = store.query(
        "select feature_name, psi from marts.feature_drift order by psi desc limit 1"
    )[0]
    assert index > 0.25
    assert f"{worst} ({index:.2f})" in warnings[0]
    assert "--retrain" in warnings[0]
    assert store.query(VERSIONS) == [(1,)]
    retrained = store.run("run", "--retrain")
    assert "no longer what they were" not in retrained.errors
    assert store.query(VERSIONS) == [(2,)]
    assert store.query("select max(psi) from marts.feature_drift") == [(0,)]


@pytest.mark.long
def test_drift_in_sql_is_that_of_python(stable: tuple[Store, Finished]) -> None:
    store, _ = stable
    with duckdb.connect(str(store.warehouse), read_only=True) as connection:
        users = connection.sql("select * from marts.segment_inputs where is_eligible").df()
        names, edges, shares, count = connection.execute(
            "select feature_names, bin_edges, bin_shares, training_user_count"
            " from marts.segment_model limit 1"
        ).fetchall()[0]
    learned = [Bins(*map(np.array, pair)) for pair in zip(edges, shares, strict=True)]
    bins = dict(zip(names, learned, strict=True))
    expected = measure_drift(
        bins,
        {name: bins[name].shares_of(users[name].to_numpy(float)) for name in names},
        expected_count=count,
        observed_count=len(users),
    )
    found = store.query(
        "select feature_name, psi, noise, training_user_count, user_count from marts.feature_drift"
    )
    assert len(found) == len(names) >= 8
    indices = {drift.feature: (drift.index, drift.noise) for drift in expected}
    assert max(index for index, _ in indices.values()) > 0.01
    for name, index, noise, training_count, user_count in found:
        assert (index, noise) == pytest.approx(indices[name], abs=1e-9)
        assert (training_count, user_count) == (count, len(users))


@pytest.mark.long
def test_stability_in_sql_is_that_of_python(stable: tuple[Store, Finished]) -> None:
    store, _ = stable
    with duckdb.connect(str(store.warehouse), read_only=True) as connection:
        users = connection.sql("select * from marts.int_history_inputs where is_eligible").df()
    found = store.query(
        "select feature_name, former_date, later_date, psi, former_user_count,"
        " later_user_count from marts.feature_stability"
    )
    names = set(users.columns) - set(NO_FEATURES)
    assert len(found) == len(names) * (users["snapshot_date"].nunique() - 1)
    assert {row[0] for row in found} == names
    for name, former, later, index, former_count, later_count in found:
        before = users.loc[users["snapshot_date"].dt.date == former, name].to_numpy(float)
        after = users.loc[users["snapshot_date"].dt.date == later, name].to_numpy(float)
        bins = learn_bins(before)
        assert index == pytest.approx(psi(bins.shares, bins.shares_of(after)), abs=1e-9)
        assert (former_count, later_count) == (len(before), len(after))
