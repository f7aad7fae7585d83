"""The attacker on other stores: purchases alone, the real rows, a campaign and objections."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.jury.stores import store_by_key
from pipeline.warehouse.publication import published_path
from tests.conftest import Store, run_pipeline
from tests.warehouse.test_attacker import _protects_money, _published

# Each builds a warehouse of its own.
pytestmark = pytest.mark.long


def _protects(store: Store, minima: tuple[int, ...], folder: Path) -> None:
    for minimum in minima:
        published = _published(store, minimum, folder / str(minimum))
        assert published.small_cells() == {}, minimum
        _protects_money(store, published)


def test_a_store_that_records_purchases_alone(store: Store, tmp_path: Path) -> None:
    """Everybody has bought, so that cohorts add up to all customers, in nine months."""
    folder = tmp_path / "shop"
    folder.mkdir()
    written = store_by_key("c").write(folder, 1, 1_500).datasets
    for path in written.glob("2019-0*"):
        shutil.copy(path, store.datasets)
    finished = store.run("run", "--quiet")
    assert finished.code == 0, finished.errors
    assert store.query("select count(distinct cohort_month) from marts.cohort_months") == [(9,)]
    _protects(store, (10, 30, 62, 66), tmp_path)


def test_the_real_rows(store: Store, real_rows: Path, tmp_path: Path) -> None:
    for path in real_rows.glob("*.csv.gz"):
        shutil.copy(path, store.datasets)
    finished = store.run("run", "--quiet")
    assert finished.code == 0, finished.errors
    _protects(store, (10, 30, 60), tmp_path)


def test_a_campaign_and_a_few_who_object(demo_store: Store, tmp_path: Path) -> None:
    """Six of the best customers object: as many as are too few, or just enough."""
    store = Store(demo_store.datasets, tmp_path / "w" / "test.duckdb", tmp_path / "reports")
    store.warehouse.parent.mkdir()
    shutil.copy(demo_store.warehouse, store.warehouse)
    shutil.copy(published_path(demo_store.warehouse), published_path(store.warehouse))
    listed = tmp_path / "list.csv"
    finished = run_pipeline("export", "--warehouse", store.warehouse, *_DRAW, "--output", listed)
    assert finished.code == 0, finished.errors
    ids = tmp_path / "ids.txt"
    ids.write_text("\n".join(str(user) for (user,) in store.query(_BEST)))
    finished = store.run("privacy object", "--file", ids)
    assert finished.code == 0, finished.errors
    folder = tmp_path / "published"
    _protects(store, (5, 10, 30), folder)
    report = (folder / "10" / "report.md").read_text()
    assert "| Left alone |" in report
    assert "fewer than 10 customers of a group bought" in report


_DRAW = ("--campaign", "spring", "--control", "30%", "--group", "both", "--starts", "2019-12-01")
_BEST = """
    select user_id from marts.user_segments inner join marts.user_features using (user_id)
    where segment_id is not null order by revenue desc, user_id limit 6
"""
