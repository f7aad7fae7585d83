"""From the totals of users to segments and all that is said of them: the same on both engines."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.demo_store import write_demo_store
from tests.spark.close_rows import differences
from tests.spark.comparison import OF_MARTS, UNEQUAL
from tests.spark.conftest import Engines

pytestmark = [pytest.mark.spark, pytest.mark.long, pytest.mark.timeout(1200)]

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
    assert sorted(name for (name,) in names) == sorted(OF_MARTS)


@pytest.mark.parametrize("name", OF_MARTS)
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
    if name in UNEQUAL:
        return tuple(table.drop_columns(UNEQUAL[name]) for table in tables)
    return tables


def _here(built: Engines, relation: str) -> pa.Table:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        return connection.sql(f"select * from {relation}").to_arrow_table()
