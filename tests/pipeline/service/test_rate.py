"""How often an address may ask."""

from __future__ import annotations

import threading

import pytest

pytest.importorskip("limits", reason="`make setup-serve` installs what `serve` needs")

from limits import parse

from pipeline.service.guards import Rate


def test_each_address_has_its_own_count_until_the_window_ends() -> None:
    rate = Rate(parse("2/minute"))
    assert [rate.admits("a", 59) for _ in range(3)] == [True, True, False]
    assert rate.admits("b", 59)
    assert [rate.admits("a", 60) for _ in range(3)] == [True, True, False]


def test_counting_keeps_no_address_of_the_last_window_and_starts_no_thread() -> None:
    rate, before = Rate(parse("1/second")), threading.active_count()
    for client in range(1_000):
        rate.admits(str(client), 1.5)
    rate.admits("last", 2.0)
    assert rate._counts == {"last": 1}
    assert threading.active_count() == before
