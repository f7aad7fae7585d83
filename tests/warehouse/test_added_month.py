"""A new month is added to the totals that are there; whatever else happens, they are made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.connection import work_folder
from tests.conftest import HEADER, Store
from tests.relations import contents
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

# Of user 2, who comes in October only: what no count of the events could give.
MARK = 1_000_000


@pytest.fixture(scope="module")
def used_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with workbench(tmp_path_factory.mktemp("bench")) as made:
        yield made


@pytest.fixture
def bench(used_bench: Workbench) -> Workbench:
    used_bench.clear()
    used_bench.variables.clear()
    return used_bench


@pytest.fixture
def october(bench: Workbench) -> Workbench:
    """Users 1 and 2 in October; the totals of user 2 carry a mark."""
    _write(bench, "2019-10", users=(1, 2))
    bench.run()
    with duckdb.connect(str(bench.warehouse)) as connection:
        connection.execute(
            "update core.int_user_totals set product_count = ? where user_id = 2", [MARK]
        )
    return bench


def _write(bench: Workbench, month: str, *, users: tuple[int, ...], products: int = 1) -> None:
    lines = [
        f"{month}-0{product} 10:00:00 UTC,view,{month[-1]}{product},5,,acme,2.50,{user},s{user}"
        for user in users
        for product in range(1, products + 1)
    ]
    (bench.datasets / f"{month}.csv").write_text("\n".join([HEADER, *lines]) + "\n")


def _products(bench: Workbench) -> dict[int, int]:
    with duckdb.connect(str(bench.warehouse), read_only=True) as connection:
        query = "select user_id, product_count from marts.user_features"
        return dict(connection.execute(query).fetchall())


def test_a_month_is_added_to_what_is_known(october: Workbench) -> None:
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: MARK, 3: 1}


def test_an_earlier_month_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-09", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}


def test_a_month_that_changed_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-10", users=(1, 2), products=2)
    october.run()
    assert _products(october) == {1: 2, 2: 2}


def test_a_month_that_changed_beside_a_new_one_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-10", users=(1, 2), products=2)
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 3, 2: 2, 3: 1}


def test_another_setting_beside_a_new_month_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-11", users=(1, 3))
    october.variables["max_session_events"] = 7
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}


@pytest.mark.long
def test_another_query_beside_a_new_month_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-11", users=(1, 3))
    october.edit("int_user_totals", "stored_by('user_id')", "stored_by('user_id, order_count')")
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}


@pytest.mark.long
def test_totals_of_which_nothing_is_noted_are_made_anew(october: Workbench) -> None:
    with duckdb.connect(str(october.warehouse)) as connection:
        connection.execute("delete from ops.months_built where table_name = 'int_user_totals'")
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}


@pytest.mark.long
def test_lost_notes_double_nothing(october: Workbench) -> None:
    with duckdb.connect(str(october.warehouse)) as connection:
        connection.execute("drop table ops.months_built")
    _write(october, "2019-11", users=(1, 3))
    october.run()
    found = contents(october.warehouse)
    october.warehouse.unlink()
    october.run()
    assert found == contents(october.warehouse)


def _as_an_earlier_version_left_it(warehouse: Path) -> None:
    """Put the notes where they were, as a run leaves them that dies while they are moved."""
    with duckdb.connect(str(warehouse)) as connection:
        for name in ("event_lines_by_day", "months_built", "reports_written"):
            connection.execute(f"create table core.{name} as from ops.{name}")
        connection.execute(
            "create table core.features_state as select 'made from that' as state from"
            " ops.features_state where is_whole"
        )
        connection.execute("delete from ops.features_state")
        connection.execute("create or replace table marts.run_ledger (hole_count bigint)")


@pytest.mark.long
def test_the_notes_of_an_earlier_version_are_moved_and_hold(october: Workbench) -> None:
    months = "select table_name, visit_month, built_from from ops.months_built"
    oldest = october.query(f"{months} where table_name <> 'int_user_totals'")
    _as_an_earlier_version_left_it(october.warehouse)
    _write(october, "2019-11", users=(1, 3))
    october.load()
    october.run()
    # October was neither computed again nor forgotten, so the mark is still there.
    assert set(oldest) < set(october.query(months))
    assert _products(october) == {1: 2, 2: MARK, 3: 1}
    assert october.query("select * from ops.features_state") == [(True, None, None)]
    assert [name for name, *_ in october.query("describe marts.run_ledger")] == ["gap_count"]
    assert (
        october.query(
            "select table_name from duckdb_tables() where schema_name = 'core'"
            " and table_name in (select table_name from duckdb_tables() where schema_name = 'ops')"
        )
        == []
    )


@pytest.mark.long
def test_months_that_are_added_one_by_one_give_the_rows_of_a_build_from_scratch(
    bench: Workbench, demo_store: Store
) -> None:
    for path in sorted(demo_store.datasets.iterdir()):
        shutil.copy(path, bench.datasets)
        bench.run()
    # Or it proves nothing.
    assert "full join" in _query_of_totals(bench)
    added = contents(bench.warehouse)
    bench.warehouse.unlink()
    bench.run()
    assert "full join" not in _query_of_totals(bench)
    built = contents(bench.warehouse)
    assert added.keys() == built.keys()
    for name, rows in built.items():
        assert added[name] == rows, name


def _query_of_totals(bench: Workbench) -> str:
    """Return what dbt ran last."""
    compiled = work_folder(bench.warehouse).glob("target/compiled/**/int_user_totals.sql")
    return next(compiled).read_text()


@pytest.mark.long
def test_a_warehouse_with_totals_as_a_view_and_features_as_a_table_is_taken_over(
    october: Workbench,
) -> None:
    """They were, until there was a table to add a month to."""
    with duckdb.connect(str(october.warehouse)) as connection:
        connection.execute("create table marts.made as from marts.user_features")
        connection.execute("drop view marts.user_features")
        connection.execute("alter table marts.made rename to user_features")
        connection.execute("drop table core.int_user_totals")
        connection.execute("create view core.int_user_totals as select 1 as user_id")
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}
