"""A data folder that Python does not reach, by protocols of Hadoop's that need no network.

`viewfs://` is known to Hadoop's client and to nothing else here; it mounts the folder under a name.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.conftest import ROOT, run_pipeline
from tests.known_project import SMALL_TRAINING
from tests.spark.months import LAST_MONTH, write_odd_and_garbage, write_store
from tests.spark.page import block, end_of_log, running
from tests.spark.published import differences_of_published

pytestmark = [
    pytest.mark.spark,
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.usefixtures("spark_is_there"),
]

_FOLDER = "viewfs://shop/events"


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of all kinds in a folder that Spark knows as `viewfs://shop/events`."""
    folder = tmp_path / "datasets"
    write_store(folder, 200)
    write_odd_and_garbage(folder)
    mount = f"spark.hadoop.fs.viewfs.mounttable.shop.link./events=file://{folder}"
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", f"--conf {mount} pyspark-shell")
    return folder


def test_a_remote_folder_is_read_as_a_local_one(datasets: Path, tmp_path: Path) -> None:
    preset = tmp_path / "settings.yml"
    settings = {"max_rejected_share": 1, "path_columns": ["event_type", "brand"]} | SMALL_TRAINING
    preset.write_text(yaml.safe_dump(settings))
    here, there = tmp_path / "duckdb" / "store.duckdb", tmp_path / "spark" / "store.duckdb"
    finished = run_pipeline(
        "run", "--datasets", datasets, "--warehouse", here, "--reports", here.parent / "reports",
        "--preset", preset, is_cold=True,
    )  # fmt: skip
    assert finished.code == 0, finished.errors
    with running(
        block("From nothing to segments"), _FOLDER, there, "--preset", str(preset)
    ) as code:
        assert code == 0, end_of_log(there)
    paths = [path.with_name("store_marts.duckdb") for path in (here, there)]
    assert differences_of_published(*paths) == {}
    with duckdb.connect(str(paths[1]), read_only=True) as connection:
        ledger = connection.execute(
            "select source_file, line_count, kept_count + duplicate_count + rejected_count"
            " from core.loaded_files"
        ).fetchall()
    counted = {name: lines for name, lines, _ in ledger}
    assert counted[f"{LAST_MONTH}.csv"] == _line_count(datasets / f"{LAST_MONTH}.csv") - 1
    assert all(lines == sum_of_outcomes for _, lines, sum_of_outcomes in ledger)


def _line_count(path: Path) -> int:
    counted = subprocess.run(["wc", "-l", path], check=True, capture_output=True, text=True)
    return int(counted.stdout.split()[0])


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("viewfs://shop/nowhere", "does not exist: create it or name another."),
        ("nosuch://shop/events", "Spark has no reader of nosuch://"),
    ],
)
def test_a_place_that_cannot_be_read_is_named(
    datasets: Path, tmp_path: Path, place: str, sentence: str
) -> None:
    finished = subprocess.run(
        [
            sys.executable, "run_pipeline.py", "etl", "--engine", "spark", "--datasets", place,
            "--warehouse", str(tmp_path / "w" / "store.duckdb"),
        ],
        check=False, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert finished.returncode == 2
    assert sentence in finished.stderr
