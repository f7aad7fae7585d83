"""Both engines on the same files, with one process of Spark."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT, run_dbt
from tests.known_project import SMALL_TRAINING

VARIABLES = {"max_rejected_share": 1, "path_columns": ["event_type", "brand"]} | SMALL_TRAINING


@pytest.fixture(scope="session")
def spark_is_there() -> None:
    """Skip where Spark cannot run."""
    for name in ("pyspark", "dbt.adapters.spark"):
        pytest.importorskip(name, reason="`make setup-spark` installs what `--engine spark` needs")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or later")


class Engines:
    """A folder of files, with a DuckDB warehouse and a lake that are made from it."""

    def __init__(self, folder: Path) -> None:
        self.datasets, self.warehouse = folder / "datasets", folder / "w" / "test.duckdb"
        self.lake, self._work = folder / "lake", folder / "work"
        for made in (self.datasets, self.warehouse.parent, self._work):
            made.mkdir()
        self._process: subprocess.Popen | None = None

    def build(self, *options: str, forget: Sequence[str] = ()) -> None:
        """Build on both engines, and forget files."""
        variables = VARIABLES | {"forget_files": list(forget)}
        self.begin_on_spark(*options, **variables)
        self.build_here(*options, **variables)
        assert self.answer() == []

    def build_here(self, *options: str, **variables: object) -> None:
        """Build on DuckDB alone."""
        finished = run_dbt(
            "run", *options, "--vars", json.dumps(VARIABLES | variables),
            datasets=self.datasets, warehouse=self.warehouse,
        )  # fmt: skip
        assert finished.code == 0, finished.output[-3000:]

    def begin_on_spark(self, *options: str, command: str = "run", **variables: object) -> None:
        """Begin to build there alone."""
        target = ["--target-path", str(self._work / "target"), "--log-path", str(self._work)]
        arguments = [
            command, *options, "--vars", json.dumps(VARIABLES | variables), "--target", "spark",
            *target, "--project-dir", ".", "--profiles-dir", ".", "--quiet",
        ]  # fmt: skip
        self.start_spark("build", [arguments])

    def test_on_spark(self, *options: str) -> list[str]:
        """Run the tests of dbt there; return those that failed."""
        self.begin_on_spark(*options, command="test")
        return self.answer()

    def build_on_spark(self, *options: str, **variables: object) -> list[str]:
        """Build there alone; return the errors."""
        self.begin_on_spark(*options, **variables)
        return self.answer()

    def rows_here(self, query: str) -> list[tuple]:
        """Return the rows of a query on DuckDB."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def kill_spark(self) -> None:
        """Kill the process, Java with it."""
        assert self._process is not None
        with self._process:
            os.killpg(self._process.pid, 9)
        self._process = None

    def close(self) -> None:
        """End the process, where one was begun."""
        if self._process is not None:
            self.kill_spark()

    def on_spark(self, query: str) -> Path:
        """Return the rows of a query as a Parquet file."""
        path = self._work / "rows.parquet"
        self.start_spark("dump", [query, str(path)])
        assert self.answer() is None
        return path

    def differences(self, query: str) -> list[tuple]:
        """Return rows that only one engine has, at most ten, compared as often as they occur."""
        rows = self.on_spark(query)
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            columns = connection.execute(f"describe from '{rows}'").fetchall()
            texts = ", ".join(f'"{name}"::text as "{name}"' for name, *_ in columns)
            here, there = f"select {texts} from ({query})", f"select {texts} from '{rows}'"
            return connection.execute(
                f"(select 'duckdb', * from ({here} except all {there})"
                f" union all select 'spark', * from ({there} except all {here})) limit 10"
            ).fetchall()

    def put_on_spark(self, relation: str, rows: pa.Table) -> None:
        """Put rows in the place of those of a table there."""
        path = self._work / "put.parquet"
        pq.write_table(rows, path)
        self.start_spark("put", [relation, str(path)])
        assert self.answer() is None

    def start_spark(self, name: str, arguments: list[Any]) -> None:
        """Tell the process what to do, and return at once."""
        if self._process is None:
            with (self._work / "spark.log").open("a") as log:
                self._process = subprocess.Popen(
                    [sys.executable, str(Path(__file__).with_name("worker.py"))],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                    text=True, cwd=ROOT, start_new_session=True, env=self._environment(),
                )  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the end of what was begun."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, (self._work / "spark.log").read_text()[-3000:]
        return json.loads(line)

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "PYTHONPATH": str(ROOT),
            "AMAZING_DATASETS": str(self.datasets),
            "AMAZING_WAREHOUSE": str(self.warehouse),
            "AMAZING_LAKE": str(self.lake),
            "AMAZING_SHUFFLE_PARTITIONS": "2",
        }


@pytest.fixture(scope="module")
def engines(spark_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    made = Engines(tmp_path_factory.mktemp("engines"))
    yield made
    made.close()
