"""The lock of a run: one at a time, named, private, and gone with its process."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.runtime.errors import InputError
from pipeline.warehouse.lock import run_lock
from tests.conftest import ROOT

_HOLD = """
import sys
from pathlib import Path
from pipeline.warehouse.lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _holder(warehouse: Path) -> Iterator[subprocess.Popen]:
    """Another process that holds the lock until it is told to end."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(warehouse)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def _take(warehouse: Path) -> None:
    with run_lock(warehouse):
        pass


def test_a_second_run_is_refused_and_told_by_which_process(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with _holder(warehouse) as process:
        with pytest.raises(InputError, match=f"held by process {process.pid}, a run") as error:
            _take(warehouse)
        assert error.value.exit_code == 2
        _take(tmp_path / "another.duckdb")
        process.communicate("")
        _take(warehouse)


def test_one_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with run_lock(warehouse), pytest.raises(InputError, match=f"process {os.getpid()}"):
        _take(warehouse)


def test_the_lock_goes_with_a_killed_process_although_its_file_stays(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with _holder(warehouse) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / "w.duckdb.lock").read_text() == f"{process.pid}\n"
        with run_lock(warehouse):
            assert (tmp_path / "w.duckdb.lock").read_text() == f"{os.getpid()}\n"


def test_the_lock_is_private_and_leaves_nothing_behind(tmp_path: Path) -> None:
    warehouse = tmp_path / "new" / "folder" / "w.duckdb"
    with run_lock(warehouse):
        lock = warehouse.with_name("w.duckdb.lock")
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_which_something_was_made_stays(tmp_path: Path) -> None:
    warehouse = tmp_path / "new" / "w.duckdb"
    with run_lock(warehouse):
        warehouse.touch()
    assert list(warehouse.parent.iterdir()) == [warehouse]


def test_a_link_to_the_warehouse_is_the_same_warehouse(tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(tmp_path / "w.duckdb")
    with run_lock(tmp_path / "w.duckdb"), pytest.raises(InputError, match="held by process"):
        _take(link)


def test_a_place_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    (tmp_path / "w.duckdb.lock").mkdir()
    with pytest.raises(InputError, match=r"w\.duckdb\.lock cannot be locked"):
        _take(tmp_path / "w.duckdb")
