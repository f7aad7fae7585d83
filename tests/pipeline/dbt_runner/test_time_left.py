from __future__ import annotations

import pytest

from pipeline.dbt_runner.time_left import TimeLeft

# Of 1.71 seconds for each second of reading: after the reading, for repeated events, products,
# months, features. Segments take 0.15 more.
STEPS = {
    "event_lines": 0.18,
    "assert_no_event_is_repeated": 0.12,
    "int_user_products": 0.57,
    "int_user_months": 0.72,
    "int_user_totals": 0.12,
}


def test_nothing_is_said_before_a_line_is_read() -> None:
    assert TimeLeft(constant=5).seconds(now=3) is None


def test_it_is_right_all_the_way_when_steps_take_what_they_are_expected_to() -> None:
    left = TimeLeft(constant=4)
    for second in range(1, 11):
        left.read(second / 10, second)
        assert left.seconds(now=second) == pytest.approx(10 - second + 17.1 + 5.5)
    now = 10.0
    for name, share in STEPS.items():
        left.start(name, now)
        half = now + 5 * share
        if name != "event_lines":
            assert left.seconds(half) == pytest.approx(32.6 - half)
        now += 10 * share
        left.finish(name, now)
        assert left.seconds(now) == pytest.approx(32.6 - now)
    assert left.seconds(now + 1) == pytest.approx(4.5)


def test_all_is_read_when_the_step_that_reads_ends() -> None:
    left = TimeLeft(constant=0)
    left.read(0.9, 90)
    left.finish("event_lines", 110)
    assert left.seconds(now=110) == pytest.approx(153)


def test_a_slow_step_makes_the_following_ones_longer_by_half() -> None:
    left = TimeLeft(constant=0)
    left.read(1.0, 100)
    left.finish("event_lines", 118)
    left.finish("assert_no_event_is_repeated", 130)
    left.start("int_user_products", 130)
    # Twice the 57 seconds that were expected: half of that is taken to go on.
    left.finish("int_user_products", 130 + 114)
    assert left.seconds(now=244) == pytest.approx(1.5 * (72 + 12))


def test_a_step_that_takes_longer_than_expected_has_no_time_left() -> None:
    left = TimeLeft(constant=0)
    left.read(1.0, 10)
    for name in tuple(STEPS)[:-1]:
        left.finish(name, 10)
    left.start("int_user_totals", 10)
    assert left.seconds(now=100) == 0
