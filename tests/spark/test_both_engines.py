"""One store that holds everything, on both engines, as its months come.

A cluster of three processes runs on all but the last month, by the commands of docs/spark.md; the
last one is added, up to the features, in a session on a server. DuckDB does the same, and then all
relations are compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from tests.conftest import ROOT, run_dbt
from tests.known_project import SMALL_TRAINING
from tests.spark.close_rows import differences
from tests.spark.comparison import EMPTY, OF_MARTS, OF_ONE_ENGINE, QUERIES, UNEQUAL
from tests.spark.months import LAST_MONTH, write_everything
from tests.spark.page import block, end_of_log, running
from tests.spark.published import differences_of_published

pytestmark = [pytest.mark.spark, pytest.mark.timeout(1800)]

_SETTINGS = {"max_rejected_share": 1, "path_columns": ["event_type", "brand"]} | SMALL_TRAINING
_BY_MONTH = ("int_sessions", "int_user_months", "int_user_products", "event_types")
# Little work is done by much code: it is not compiled twice, and the catalogue is no treasure.
_SMALL_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dderby.system.durability=test"


class BothEngines:
    """The store, and what became of it on both engines."""

    def __init__(self, folder: Path) -> None:
        self.datasets, self._rows = folder / "datasets", folder / "rows"
        self.here = folder / "duckdb" / "store.duckdb"
        #: What DuckDB had when it had run, and a month was still to come.
        self.after_run = folder / "after_run"
        self.there = folder / "spark" / "store.duckdb"
        self._rows.mkdir()
        self._settings = folder / "settings.yml"
        self._settings.write_text(yaml.safe_dump(_SETTINGS))
        self._tables = self.there.with_suffix(".lake") / "tables"
        #: The files of each month after each command.
        self.months: list[dict[str, dict[str, list]]] = []

    @contextmanager
    def built(self, command: str, heading: str) -> Iterator[None]:
        """Build on both engines at once, on Spark as a heading of the page says."""
        options = ("--preset", str(self._settings))
        with (
            self._running_here(command, *options) as run_here,
            running(block(heading), self.datasets, self.there, *options, command=command) as code,
        ):
            assert code == 0, end_of_log(self.there)
            assert run_here.wait() == 0, end_of_log(self.here)
            yield
        self.months.append({name: self._files_of_months(name) for name in _BY_MONTH})

    def published(self) -> list[Path]:
        """Return what both engines published."""
        return [path.with_name("store_marts.duckdb") for path in (self.here, self.there)]

    def dump(self, queries: dict[str, str]) -> None:
        """Write the rows of queries, in the session on the server."""
        finished = subprocess.run(
            [sys.executable, "-m", "tests.spark.dump", str(self._rows)],
            input=json.dumps(queries), env=os.environ | {"SPARK_REMOTE": "sc://127.0.0.1:15002"},
            check=False, cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert finished.returncode == 0, finished.stderr[-3000:]

    def rows_here(self, query: str) -> pa.Table:
        """Return the rows of a query on DuckDB."""
        with duckdb.connect(str(self.here), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            return connection.sql(query).to_arrow_table()

    def rows_there(self, name: str) -> pa.Table:
        """Return the rows of what was dumped, or of a table as it lies in the lake."""
        dumped = self._rows / f"{name}.parquet"
        if dumped.exists():
            return pq.read_table(dumped)
        folder = self._table(name)
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(f"create schema {folder.parent.stem}")
            connection.execute(
                f"create view {folder.parent.stem}.{name} as"
                f" from read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
            )
            return connection.sql(_query_of(name)).to_arrow_table()

    def is_table_there(self, name: str) -> bool:
        """Tell whether a relation is a table in the lake."""
        return self._table(name).is_dir()

    def _table(self, name: str) -> Path:
        schema = "core.db" if name in QUERIES else "marts.db"
        return self._tables / schema / name

    def _files_of_months(self, name: str) -> dict[str, list[tuple[str, int]]]:
        return {
            month.name: sorted((path.name, path.stat().st_mtime_ns) for path in month.iterdir())
            for month in (self._tables / "core.db" / name).glob("visit_month=*")
        }

    def _running_here(self, command: str, *options: str) -> subprocess.Popen:
        self.here.parent.mkdir(exist_ok=True)
        with (self.here.parent / "log").open("w") as log:
            return subprocess.Popen(
                [
                    sys.executable, "run_pipeline.py", command, "--datasets", str(self.datasets),
                    "--warehouse", str(self.here), "--reports", str(self.here.parent / "reports"),
                    *options,
                ],
                stdout=log, stderr=log, cwd=ROOT,
            )  # fmt: skip


@pytest.fixture(scope="module")
def built(spark_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BothEngines]:
    folder = tmp_path_factory.mktemp("both")
    made = BothEngines(folder)
    write_everything(made.datasets, user_count=400)
    last = made.datasets / f"{LAST_MONTH}.csv"
    shutil.move(last, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JAVA_TOOL_OPTIONS", _SMALL_JAVA)
        patched.setenv("SPARK_CONF_DIR", str(Path(__file__).with_name("conf")))
        # Fewer than there are customers.
        patched.setenv("AMAZING_LOCAL_ROWS", "200")
        with made.built("run", "On several machines"):
            pass
        shutil.copytree(made.here.parent, made.after_run)
        shutil.move(folder / last.name, last)
        with made.built("etl", "A session on a server"):
            views = (name for name in [*QUERIES, *OF_MARTS] if not made.is_table_there(name))
            made.dump({name: _query_of(name) for name in views})
    return made


def test_a_cluster_publishes_the_same(built: BothEngines) -> None:
    assert differences_of_published(*built.published()) == {}


def test_what_has_too_many_rows_to_come_home_is_a_view_of_the_lake(built: BothEngines) -> None:
    folder = built.there.with_suffix(".lake") / "published"
    for path in (built.there, built.published()[1]):
        with duckdb.connect(str(path), read_only=True) as connection:
            views = connection.sql(
                "select view_name, sql from duckdb_views() where sql like '%read_parquet%'"
            ).fetchall()
            described = connection.sql(
                "select comment from duckdb_columns() where table_name = 'user_segments'"
            ).fetchall()
        assert {"user_features", "user_segments"} <= {name for name, _ in views}
        assert all(f"'{folder}/" in query for _, query in views)
        assert all(comment for (comment,) in described)


def test_the_month_leaves_the_others_untouched(built: BothEngines) -> None:
    for name in _BY_MONTH:
        before, after = (months[name] for months in built.months)
        assert len(before) >= 2
        assert {month: after[month] for month in before} == before
        assert after.keys() - before.keys() == {f"visit_month={LAST_MONTH}-01"}


def test_every_relation_is_compared(built: BothEngines) -> None:
    names = built.rows_here(
        "select table_name from information_schema.tables where table_schema in ('core', 'marts')"
    ).to_pylist()
    there = [row["table_name"] for row in names if row["table_name"] not in OF_ONE_ENGINE]
    assert sorted(there) == sorted([*QUERIES, *OF_MARTS])


@pytest.mark.parametrize("name", [*QUERIES, *OF_MARTS])
def test_a_relation_is_equal_on_both_engines(built: BothEngines, name: str) -> None:
    here = built.rows_here(_query_of(name))
    there = built.rows_there(name)
    if name in UNEQUAL:
        here, there = (rows.drop_columns(UNEQUAL[name]) for rows in (here, there))
    assert differences(here, there) == []
    assert here.num_rows or name in EMPTY


def test_a_model_of_spark_gives_the_same_labels_on_duckdb(
    built: BothEngines, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w" / built.here.name
    shutil.copytree(built.after_run, warehouse.parent)
    with duckdb.connect(str(warehouse)) as connection:
        connection.register("of_spark", built.rows_there("trained_segments"))
        connection.execute("delete from marts.trained_segments")
        connection.execute("insert into marts.trained_segments by name from of_spark")
        connection.execute("update marts.user_segments set segment_id = null")
    finished = run_dbt(
        "run", "--select", "user_segments", "--vars", json.dumps(_SETTINGS),
        datasets=built.datasets, warehouse=warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        labels = connection.sql("from marts.user_segments").to_arrow_table()
    assert differences(labels, built.rows_there("user_segments")) == []


def _query_of(name: str) -> str:
    return QUERIES.get(name, f"select * from marts.{name}")
