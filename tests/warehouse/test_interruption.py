"""Ctrl-C, a polite kill and a lost terminal end a run at once, in one sentence."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, Store

pytestmark = pytest.mark.slow

# The promise is two seconds; the machine may be busy.
PATIENCE_SECONDS = 5


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("delay", [2.0, 5.0])
def test_a_signal_ends_the_run_at_once(
    demo_store: Store, tmp_path, sent: signal.Signals, delay: float, record_property
) -> None:
    options = ["--datasets", demo_store.datasets, "--warehouse", tmp_path / "w.duckdb"]
    options += ["--reports", tmp_path / "reports", "--quiet"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run_pipeline.py"), "run", *map(str, options)],
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(delay)
    assert process.poll() is None, "the run was over before the signal"
    started = time.monotonic()
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    record_property("seconds", time.monotonic() - started)
    assert time.monotonic() - started < PATIENCE_SECONDS
    assert process.returncode == 1
    assert errors == "Interrupted: what was published before stays, run again to go on.\n"
