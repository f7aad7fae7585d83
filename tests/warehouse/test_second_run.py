"""A run that is started while another one is under way, at any moment of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Finished, Store
from tests.relations import contents
from tests.warehouse.conftest import Disturbed

pytestmark = pytest.mark.slow

# All of these need the warehouse for themselves.
COMMANDS = (("run",), ("etl",), ("model",), ("run", "--forget-file", "2019-10.csv"))


def _assert_refused(finished: Finished, holder: int) -> None:
    assert finished.code == 2, finished.errors
    assert finished.errors.count("\n") == 1
    assert f"process {holder}" in finished.errors


@pytest.mark.long
def test_a_second_run_is_refused_at_every_moment_and_disturbs_nothing(
    disturbed: Disturbed, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store = disturbed.copy(tmp_path / "copy")
    first = store.start()
    store.wait_until_begun(first)
    count = 0
    while first.poll() is None:
        command = COMMANDS[count] if count < len(COMMANDS) else ("run",)
        second = store.run(*command, "--quiet")
        if first.poll() is not None:
            # It may have begun after the end of the first.
            break
        _assert_refused(second, first.pid)
        count += 1
    assert first.communicate() == ("", "")
    assert count >= len(COMMANDS)
    record_property("cases", f"{count} runs started while another one was under way, all refused")
    assert contents(published_path(store.warehouse)) == disturbed.after


@pytest.mark.long
def test_a_killed_run_holds_nobody_up(disturbed: Disturbed, tmp_path: Path) -> None:
    store = disturbed.copy(tmp_path / "copy")
    first = store.start()
    store.wait_until_begun(first)
    _assert_refused(store.run("etl", "--quiet"), first.pid)
    first.kill()
    first.communicate()
    disturbed.assert_run_ends_as_if_nothing_had_been(store)
    assert not list(store.warehouse.parent.glob("*.lock"))


def test_a_demo_is_refused_before_it_writes_its_store(tmp_path: Path) -> None:
    options = ["--warehouse", str(tmp_path / "demo.duckdb"), "--reports", str(tmp_path / "r")]
    command = [sys.executable, str(ROOT / "run_pipeline.py"), "demo", *options, "--users", "3000"]
    store = Store(tmp_path / "demo" / "datasets", tmp_path / "demo.duckdb", tmp_path / "r")
    first = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    store.wait_until_begun(first)
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.poll() is None
    first.kill()
    first.wait()
    _assert_refused(Finished(second.returncode, second.stdout, second.stderr), first.pid)
