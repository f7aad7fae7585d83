"""The walk of the page: a cluster of three processes, and a session on a server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipeline.demo_store import write_demo_store
from tests.conftest import ROOT, run_pipeline
from tests.spark.close_rows import differences

pytestmark = [
    pytest.mark.spark,
    pytest.mark.timeout(1800),
    pytest.mark.usefixtures("spark_is_there"),
]

PAGE = (ROOT / "docs" / "spark.md").read_text()
RUN = ".venv/bin/python run_pipeline.py run --engine spark"
# When something was done; and queries in the language of an engine.
_LEFT_OUT = {"trained_at", "started_at", "loaded_at", "first_loaded_at"}
_OF_AN_ENGINE = {"ops.scoring_queries"}


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    planted = folder.parent / "planted_types.csv"
    write_demo_store(folder, user_count=300, seed=5, planted_types_file=planted)
    return folder


@pytest.fixture(scope="module")
def published(datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What DuckDB publishes of these files."""
    warehouse = tmp_path_factory.mktemp("duckdb") / "w" / "store.duckdb"
    finished = run_pipeline(
        "run", "--datasets", datasets, "--warehouse", warehouse,
        "--reports", warehouse.parent / "reports", is_cold=True,
    )  # fmt: skip
    assert finished.code == 0, finished.errors
    return warehouse.with_name("store_marts.duckdb")


def test_a_cluster_of_three_processes_publishes_the_same(
    datasets: Path, published: Path, tmp_path: Path
) -> None:
    with _running(_block("On several machines"), datasets, tmp_path) as finished:
        assert finished == 0, (tmp_path / "log").read_text()[-3000:]
    assert _differences(published, tmp_path / "w" / "store_marts.duckdb") == {}
    assert (tmp_path / "w" / "reports" / "report.html").exists()


def test_a_session_on_a_server_publishes_the_same(
    datasets: Path, published: Path, tmp_path: Path
) -> None:
    with _running(_block("A session on a server"), datasets, tmp_path) as finished:
        assert finished == 0, (tmp_path / "log").read_text()[-3000:]
    assert _differences(published, tmp_path / "w" / "store_marts.duckdb") == {}


def _block(heading: str) -> str:
    """Return the commands below a heading of the page."""
    return re.search(rf"#+ {heading}\n.*?```sh\n(.*?)```", PAGE, flags=re.DOTALL)[1]


@contextmanager
def _running(commands: str, datasets: Path, folder: Path) -> Iterator[int]:
    """Run commands of the page with the files of a folder, and end what they left running."""
    assert RUN in commands
    warehouse = folder / "w" / "store.duckdb"
    options = f"--datasets {datasets} --warehouse {warehouse} --reports {folder}/w/reports"
    text = commands.replace(RUN, f"{RUN} {options}")
    text = text.replace("$PWD/warehouse/amazing.lake", str(folder / "w" / "store.lake"))
    text = text.replace(".venv/bin/python", sys.executable)
    environment = os.environ | {"AMAZING_SHUFFLE_PARTITIONS": "2"}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["bash", "-euc", text], cwd=ROOT, stdout=log, stderr=log, env=environment,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process.wait()
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _differences(first: Path, second: Path) -> dict[str, list[str]]:
    """Say of each relation that both publish where they differ."""
    names, found = [], {}
    for path in (first, second):
        with duckdb.connect(str(path), read_only=True) as connection:
            names.append(_relations(connection))
    assert names[0] == names[1]
    with (
        duckdb.connect(str(first), read_only=True) as one,
        duckdb.connect(str(second), read_only=True) as other,
    ):
        for name in names[0] - _OF_AN_ENGINE:
            tables = [each.sql(f"from {name}").to_arrow_table() for each in (one, other)]
            dropped = list(_LEFT_OUT & set(tables[0].column_names))
            found[name] = differences(*(table.drop_columns(dropped) for table in tables))
    return {name: there[:3] for name, there in found.items() if there}


def _relations(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.sql(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('core', 'marts', 'ops')"
    ).fetchall()
    return {name for (name,) in rows}
