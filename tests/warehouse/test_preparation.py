"""What dbt does while files are checked, and what is left of it."""

from __future__ import annotations

import gzip
import signal
import time
from pathlib import Path

import pytest

from pipeline import dbt
from pipeline.dbt import DbtPreparation
from tests.conftest import HEADER, Store
from tests.workbench import workbench

EVENT = "2019-10-01 00:00:00 UTC,view,1,2,,acme,3.50,4,s"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, as the runs of a test see it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_interrupted_first_run_leaves_nothing_behind(store: Store, temporary: Path) -> None:
    store.write("a.csv", EVENT)
    process = store.start("etl")
    while not list(temporary.glob("amazing-*/target")):
        assert process.poll() is None, "the run was over before dbt read the project"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert _names(temporary) == set()
    assert _names(store.warehouse.parent) == {f"{store.warehouse.name}.lock"}


def test_a_refused_first_run_leaves_nothing_beside_the_warehouse(store: Store) -> None:
    store.write("a.csv", EVENT)
    (store.datasets / "b.csv.gz").write_bytes(gzip.compress(f"{HEADER}\n{EVENT}\n".encode())[:-9])
    finished = store.run("etl")
    assert finished.code == 2
    assert finished.errors.count("\n") == 1
    assert not store.warehouse.exists()
    assert not store.warehouse.with_name(f"{store.warehouse.name}.dbt").exists()


def test_the_project_is_read_once_for_a_warehouse(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workbench(tmp_path / "bench") as bench:
        notes = dbt._target_folder(bench.settings) / "partial_parse.msgpack"
        first = DbtPreparation(bench.settings)
        first.start()
        assert first.manifest() is not None
        assert notes.stat().st_mode & 0o777 == 0o600
        assert _names(temporary) == set()
        monkeypatch.setattr(dbt, "passing_folder", None)
        second = DbtPreparation(bench.settings)
        second.start()
        assert second.manifest().nodes.keys() == first.manifest().nodes.keys()
