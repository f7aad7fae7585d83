"""Runs that end for want of memory or disk, and runs whose terminal is gone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import Publication, publish, published_path
from tests.conftest import HEADER, ROOT, Finished, Store
from tests.relations import contents
from tests.small_disk import little_room, small_disk
from tests.warehouse.conftest import Disturbed

pytestmark = pytest.mark.slow

# For the database: too little to start with, and too little for what follows the loading. No limit
# that may be asked for is too little for a store that a test can make.
TOO_SMALL_LIMITS = (5_000_000, 12_000_000)
_WITH_LITTLE_MEMORY = """
import sys
from pipeline.runtime import memory
memory.OUTSIDE_DATABASE_BYTES = memory.default_limit() - int(sys.argv.pop(1))
# It would be refused before anything is done.
memory.DATABASE_BYTES = memory.DATABASE_BYTES_PER_LINE = 0
from pipeline.cli import main
main()
"""
LINE = "2019-10-01 10:00:00 UTC,view,10,500,,acme,10.00,{user},s{user}"


def _assert_one_sentence(finished: Finished, words: str) -> None:
    assert finished.code == 1
    assert finished.errors.startswith("Error: ")
    assert finished.errors.count("\n") == 1
    assert words in finished.errors


def _run_with_little_memory(store: Store, limit: int) -> Finished:
    process = subprocess.run(
        [
            sys.executable, "-c", _WITH_LITTLE_MEMORY, str(limit), "run", "--quiet",
            "--datasets", store.datasets, "--warehouse", store.warehouse,
            "--reports", store.reports,
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Finished(process.returncode, process.stdout, process.stderr)


@pytest.mark.long
def test_too_little_memory_changes_nothing(disturbed: Disturbed, tmp_path: Path) -> None:
    store = disturbed.copy(tmp_path / "copy")
    published = published_path(store.warehouse)
    bytes_before = published.read_bytes()
    for limit in TOO_SMALL_LIMITS:
        finished = _run_with_little_memory(store, limit)
        _assert_one_sentence(finished, "raise --memory-limit")
        assert published.read_bytes() == bytes_before
    disturbed.assert_run_ends_as_if_nothing_had_been(store)


@pytest.mark.long
def test_a_disk_that_fills_up_while_building_changes_nothing(
    disturbed: Disturbed, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", megabytes=150) as disk:
        store = disturbed.copy(disk / "copy")
        published = published_path(store.warehouse)
        bytes_before = published.read_bytes()
        for kilobytes in (100, 6_000):
            with little_room(disk, kilobytes=kilobytes):
                finished = store.run("run", "--quiet")
            _assert_one_sentence(finished, "disk is full")
            assert published.read_bytes() == bytes_before
        disturbed.assert_run_ends_as_if_nothing_had_been(store)


def _error_of_publishing(warehouse: Path) -> str:
    """Return what went wrong; nothing where all went well."""
    try:
        publish(warehouse, Publication("next"))
    except duckdb.Error as error:
        return str(error)
    return ""


@pytest.mark.long
def test_a_disk_that_fills_up_while_publishing_leaves_the_former_publication(
    demo_store: Store, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """At every amount of room: either all of it, or an error and no trace."""
    failures = 0
    with small_disk(tmp_path / "disk", megabytes=100) as disk:
        warehouse = Path(shutil.copy(demo_store.warehouse, disk / "w.duckdb"))
        published = publish(warehouse, Publication("former"))
        former = published.read_bytes()
        room_needed = 2 * len(former) // 1000
        for kilobytes in range(0, room_needed, room_needed // 12):
            with little_room(disk, kilobytes=kilobytes):
                if message := _error_of_publishing(warehouse):
                    assert "No space left on device" in message
                    assert published.read_bytes() == former
                    failures += 1
                assert {path.name for path in disk.iterdir()} == {
                    "ballast", warehouse.name, published.name,
                }  # fmt: skip
        assert publish(warehouse, Publication("last")) == published
        expected = contents(published_path(demo_store.warehouse))
        assert contents(published) == expected | {"ops.publication": [("last", False, None)]}
    assert failures >= 6
    record_property("cases", f"{failures} publications on a full disk")


@pytest.mark.long
def test_a_disk_that_fills_up_while_reporting_leaves_the_former_report(
    disturbed: Disturbed, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", megabytes=10) as disk:
        copy = disturbed.copy(tmp_path / "copy")
        store = Store(copy.datasets, copy.warehouse, disk / "reports")
        shutil.copytree(copy.reports, store.reports)
        before = {path: path.read_bytes() for path in store.reports.rglob("*.*")}
        with little_room(disk, kilobytes=100):
            _assert_one_sentence(store.run("run", "--quiet"), "No space left on device")
        assert {path: path.read_bytes() for path in store.reports.rglob("*.*")} == before
        # The publication comes before the report.
        assert contents(published_path(store.warehouse)) == disturbed.after
        disturbed.assert_run_ends_as_if_nothing_had_been(store)


def _start(store: Store, command: str, *, prefix: str = "", **streams: int) -> subprocess.Popen:
    """Start a command; `prefix` is what the shell puts before it."""
    arguments = [
        command, "--datasets", store.datasets, "--warehouse", store.warehouse,
        "--reports", store.reports,
    ]  # fmt: skip
    shell = ["sh", "-c", f'{prefix} "$@"', "sh", sys.executable, str(ROOT / "run_pipeline.py")]
    return subprocess.Popen([*shell, *map(str, arguments)], cwd=ROOT, text=True, **streams)


@contextmanager
def _pipe_without_reader() -> Iterator[int]:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def _write_some(store: Store) -> None:
    store.write("a.csv", *(LINE.format(user=user) for user in range(20)))


USERS = "select count(*) from marts.user_features"


@pytest.mark.long
def test_a_reader_of_the_messages_may_leave(store: Store) -> None:
    """`run_pipeline.py etl 2>&1 | head -1`."""
    _write_some(store)
    process = _start(store, "etl", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    assert process.stdout.readline() == "Checking the files\n"
    process.stdout.close()
    assert process.wait() == 0
    assert store.query(USERS) == [(20,)]


@pytest.mark.long
def test_closed_streams_lead_nowhere(store: Store) -> None:
    """Files that are opened must not take the numbers of the missing streams."""
    _write_some(store)
    assert _start(store, "etl", prefix="exec <&- >&- 2>&-; exec").wait() == 0
    assert store.query(USERS) == [(20,)]
    (store.datasets / "a.csv").write_text(f"{HEADER}\n")
    assert _start(store, "etl", prefix="exec <&- >&- 2>&-; exec").wait() == 2
    assert store.query(USERS) == [(20,)]


@pytest.mark.long
def test_nobody_reads_the_answer(store: Store) -> None:
    _write_some(store)
    assert store.run("etl").code == 0
    with _pipe_without_reader() as nowhere:
        process = _start(store, "status", stdout=nowhere, stderr=subprocess.PIPE)
        # What every tool does when the reader of its output leaves: it ends and is silent.
        assert process.communicate()[1] == ""
        assert process.returncode == 1
        (store.datasets / "a.csv").write_text(f"{HEADER}\n")
        process = _start(store, "etl", stdout=nowhere, stderr=nowhere)
        assert process.wait() == 2


@pytest.mark.long
def test_nohup_outlives_its_terminal(store: Store) -> None:
    _write_some(store)
    process = _start(store, "etl", prefix="exec nohup", stdout=subprocess.DEVNULL)
    time.sleep(2)
    process.send_signal(signal.SIGHUP)
    assert process.wait() == 0
    assert store.query(USERS) == [(20,)]
