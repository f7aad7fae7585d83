"""Ctrl-C, a polite kill and a lost terminal end a run at once, in one sentence."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.warehouse.conftest import Disturbed

pytestmark = pytest.mark.slow

LONGEST_SECONDS = 2.0
# The machine may be busy with something else for a moment.
TRIES = 3
SENTENCE = "Interrupted: what was published before stays, run again to go on.\n"


@pytest.fixture(autouse=True)
def _heard_signals() -> Iterator[None]:
    """Where the tests run under `nohup`, their runs would be right not to hear of the terminal."""
    former = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, former)


def _seconds_to_end(store: Store, sent: signal.Signals, delay: float) -> float:
    """Start a run, send it a signal after a while, and return how long it takes to go."""
    process = store.start()
    store.wait_until_begun(process)
    time.sleep(delay)
    assert process.poll() is None, "the run was over before the signal"
    started = time.monotonic()
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    seconds = time.monotonic() - started
    assert process.returncode == 1
    assert errors == SENTENCE
    return seconds


def _best_seconds_to_end(store: Store, sent: signal.Signals, delay: float) -> float:
    best = float("inf")
    for _ in range(TRIES):
        best = min(best, _seconds_to_end(store, sent, delay))
        if best < LONGEST_SECONDS:
            break
    return best


def _interrupt(
    disturbed: Disturbed, folder: Path, sent: signal.Signals, moments: tuple[float, ...]
) -> tuple[Store, str]:
    """Interrupt runs at moments of their time; return the store and how long each took to go.

    Early moments: a run may be three times as fast as the one whose time was taken.
    """
    store = disturbed.copy(folder)
    published = published_path(store.warehouse)
    before = published.read_bytes()
    seconds = [_best_seconds_to_end(store, sent, share * disturbed.seconds) for share in moments]
    assert max(seconds) < LONGEST_SECONDS
    assert published.read_bytes() == before
    shown = ", ".join(f"{each:.2f} s" for each in seconds)
    return store, f"{sent.name} {len(moments)} times, ended after {shown}"


@pytest.mark.long
def test_ctrl_c_ends_a_run_within_two_seconds_and_the_next_one_ends_as_if_nothing_had_been(
    disturbed: Disturbed, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store, tried = _interrupt(disturbed, tmp_path / "copy", signal.SIGINT, (0.0, 0.1, 0.2))
    record_property("cases", tried)
    disturbed.assert_run_ends_as_if_nothing_had_been(store)


@pytest.mark.long
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_end_a_run_in_the_same_way(
    disturbed: Disturbed,
    tmp_path: Path,
    sent: signal.Signals,
    record_property: Callable[[str, object], None],
) -> None:
    _, tried = _interrupt(disturbed, tmp_path / "copy", sent, (0.1,))
    record_property("cases", tried)
