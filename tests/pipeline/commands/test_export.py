"""`export` as a user runs it, on the publication of a whole run."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.lock import run_lock
from pipeline.warehouse.publication import published_path
from tests.conftest import Store, run_pipeline

pytestmark = pytest.mark.slow


def test_it_writes_the_customers_of_a_segment_while_a_run_is_under_way(
    demo_store: Store, tmp_path: Path
) -> None:
    with duckdb.connect(str(published_path(demo_store.warehouse)), read_only=True) as published:
        name, expected = published.execute(
            "select segment_name, user_count from marts.segment_profiles order by all limit 1"
        ).fetchall()[0]
    path = tmp_path / "list.csv"
    with run_lock(demo_store.warehouse):
        finished = run_pipeline(
            "export", "--warehouse", demo_store.warehouse, "--segment", name, "--output", path,
            "--columns", "customer_id,segment_name,order_count",
        )  # fmt: skip
    assert finished.code == 0, finished.errors
    assert finished.errors == f"{expected:,} customers written to {path}, with a manifest.\n"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected
    assert {row["segment_name"] for row in rows} == {name}


def test_the_published_view_says_the_same_as_that_of_the_warehouse(demo_store: Store) -> None:
    everybody = "select * from marts.customers order by user_id"
    with duckdb.connect(str(published_path(demo_store.warehouse)), read_only=True) as published:
        assert published.execute(everybody).fetchall() == demo_store.query(everybody)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--segment", "VIP"), "There is no segment VIP: there are 0 ("),
        (("--where", "revenue > (select 1)"), "--where cannot use (SELECT 1)"),
        (("--where", "order_count > 1000000"), "No customer is meant by these filters"),
        (("--min-confidence", "2"), "'--min-confidence': 2.0 is not in the range"),
        (("--lifecycle", "dead"), "'--lifecycle': 'dead' is not one of"),
        (("--output", "/proc/list.csv"), "/proc"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_2(
    demo_store: Store, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    place = () if "--output" in options else ("--output", tmp_path / "list.csv")
    finished = run_pipeline("export", "--warehouse", demo_store.warehouse, *place, *options)
    assert finished.code == 2
    assert finished.errors.startswith("Error: ")
    assert message in finished.errors
    assert finished.errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
