"""A data folder that Python does not reach, by a protocol of Hadoop's that needs no network.

`viewfs://` is known to Hadoop's client and to nothing else here; it mounts the folder under a name.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import yaml

from tests.conftest import ROOT, run_pipeline
from tests.known_project import SMALL_TRAINING
from tests.spark.close_rows import differences
from tests.spark.comparison import QUERIES
from tests.spark.months import LAST_MONTH, write_odd_and_garbage, write_store
from tests.spark.page import block, end_of_log, running

pytestmark = [
    pytest.mark.spark,
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.usefixtures("spark_is_there"),
]

_FOLDER = "viewfs://shop/events"
_SETTINGS = {"max_rejected_share": 1, "path_columns": ["event_type", "brand"]} | SMALL_TRAINING
# Hadoop tells the time of change in milliseconds.
_LEDGER = QUERIES["loaded_files"].replace(" modified_at_ns,", "")


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of all kinds in a folder that Spark knows as `viewfs://shop/events`."""
    folder, settings = tmp_path / "datasets", tmp_path / "conf"
    write_store(folder, 200)
    write_odd_and_garbage(folder)
    # Spark does not list what begins with an underscore.
    (folder / "odd" / "_hidden.csv").unlink()
    settings.mkdir()
    (tmp_path / "lake").mkdir()
    mount = "spark.hadoop.fs.viewfs.mounttable.shop.link."
    (settings / "spark-defaults.conf").write_text(
        f"{mount}/events file://{folder}\n{mount}/lake file://{tmp_path / 'lake'}\n"
    )
    monkeypatch.setenv("SPARK_CONF_DIR", str(settings))
    return folder


@pytest.mark.parametrize(
    ("heading", "lake"),
    [
        ("From nothing to segments", ("--lake", "viewfs://shop/lake")),
        # Where the tables of a session are, its server is told.
        ("A session on a server", ()),
    ],
)
def test_a_remote_folder_is_read_as_a_local_one(
    datasets: Path, tmp_path: Path, heading: str, lake: tuple[str, ...]
) -> None:
    preset = tmp_path / "settings.yml"
    preset.write_text(yaml.safe_dump(_SETTINGS))
    here, there = tmp_path / "duckdb" / "store.duckdb", tmp_path / "spark" / "store.duckdb"
    finished = run_pipeline(
        "etl", "--datasets", datasets, "--warehouse", here, "--preset", preset, is_cold=True
    )
    assert finished.code == 0, finished.errors
    options = ("--preset", str(preset), *lake)
    with running(block(heading), _FOLDER, there, *options, command="etl") as code:
        assert code == 0, end_of_log(there)
    for query in (_LEDGER, "select * from marts.user_features"):
        assert differences(*(_rows(path, query) for path in (here, there))) == []
    assert (tmp_path / "lake" / "tables" / "core.db").is_dir() == bool(lake)
    if lake:
        _assert_refused_to_another_warehouse(tmp_path, *lake)
    ledger = _rows(there, _LEDGER).to_pylist()
    counted = {row["source_file"]: row["line_count"] for row in ledger}
    assert counted[f"{LAST_MONTH}.csv"] == _line_count(datasets / f"{LAST_MONTH}.csv") - 1
    for row in ledger:
        outcomes = row["kept_count"] + row["duplicate_count"] + row["rejected_count"]
        assert row["line_count"] == outcomes


def _assert_refused_to_another_warehouse(folder: Path, *lake: str) -> None:
    """It would remove the tables, of which its own catalogue knows nothing."""
    tables = sorted((folder / "lake" / "tables").rglob("*"))
    finished = run_pipeline(
        "etl", "--engine", "spark", "--datasets", _FOLDER,
        "--warehouse", folder / "other" / "store.duckdb", *lake, is_cold=True,
    )  # fmt: skip
    assert finished.code == 2
    assert f"holds the tables of another warehouse ({folder}/spark/store.duckdb" in finished.errors
    assert sorted((folder / "lake" / "tables").rglob("*")) == tables
    assert not (folder / "other" / "store.duckdb").exists()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("viewfs://shop/events/nowhere", "does not exist: create it or name another."),
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


def _rows(warehouse: Path, query: str) -> pa.Table:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.sql(query).to_arrow_table()


def _line_count(path: Path) -> int:
    counted = subprocess.run(["wc", "-l", path], check=True, capture_output=True, text=True)
    return int(counted.stdout.split()[0])
