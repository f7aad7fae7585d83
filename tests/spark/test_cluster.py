"""The walk of the page: a cluster of three processes, and a session on a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.demo_store import write_demo_store
from tests.conftest import run_pipeline
from tests.spark.page import block, end_of_log, running
from tests.spark.published import differences_of_published

pytestmark = [
    pytest.mark.spark,
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.usefixtures("spark_is_there"),
]


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


@pytest.mark.parametrize(
    "heading", ["From nothing to segments", "On several machines", "A session on a server"]
)
def test_the_commands_of_the_page_publish_what_duckdb_does(
    datasets: Path, published: Path, tmp_path: Path, heading: str
) -> None:
    warehouse = tmp_path / "w" / "store.duckdb"
    with running(block(heading), datasets, warehouse) as code:
        assert code == 0, end_of_log(warehouse)
    assert differences_of_published(published, warehouse.with_name("store_marts.duckdb")) == {}
    assert (tmp_path / "w" / "reports" / "report.html").exists()
