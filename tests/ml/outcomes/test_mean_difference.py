"""Differences of two means of spending: by what other draws would have shown."""

from __future__ import annotations

import numpy as np
import pytest

from ml.outcomes.mean_difference import Stratum, mean_difference


def _spending(rng: np.random.Generator, count: int, rate: float, spread: float) -> np.ndarray:
    """Draw the amounts of those who spend, with a long tail."""
    return rng.lognormal(4, spread, rng.binomial(count, rate))


def test_the_difference_is_that_of_the_means_within_strata() -> None:
    many = Stratum(np.full(60, 10.0), np.full(20, 5.0), 600, 200)
    few = Stratum(np.full(30, 100.0), np.full(12, 50.0), 150, 50)
    expected = 0.8 * (600 / 600 - 100 / 200) + 0.2 * (3000 / 150 - 600 / 50)
    assert mean_difference([many, few], draws=199)[0] == pytest.approx(expected)


def test_neither_the_order_of_people_nor_chance_changes_anything() -> None:
    rng = np.random.default_rng(3)
    treated, control = _spending(rng, 900, 0.2, 1), _spending(rng, 100, 0.2, 1)
    found = mean_difference([Stratum(treated, control, 900, 100)], draws=199)
    again = mean_difference([Stratum(treated[::-1], np.sort(control), 900, 100)], draws=199)
    assert found == again


def test_a_long_tail_alarms_no_more_often_than_it_says() -> None:
    # 90 in 100 at most would be right of the interval that is usually taught: see the benchmark.
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(600):
        people = Stratum(_spending(rng, 1080, 0.25, 1.3), _spending(rng, 120, 0.25, 1.3), 1080, 120)
        _, lower, upper, errors = mean_difference([people], draws=199)
        is_alarm = lower > 0 or upper < 0
        assert is_alarm == (abs(errors) > 1.959964)
        alarms += is_alarm
    # 30 are expected; four standard deviations are 21.
    assert 9 <= alarms <= 51


def test_an_effect_is_covered() -> None:
    rng = np.random.default_rng(6)
    effect, covered = 0.25 * (1.3 - 1) * float(np.exp(4 + 0.5)), 0
    for _ in range(300):
        people = Stratum(_spending(rng, 900, 0.25 * 1.3, 1), _spending(rng, 300, 0.25, 1), 900, 300)
        _, lower, upper, _ = mean_difference([people], draws=199)
        covered += lower <= effect <= upper
    assert covered >= 270


def test_too_few_spenders_have_no_limits() -> None:
    assert mean_difference([Stratum(np.full(50, 9.0), np.full(9, 9.0), 450, 90)])[1:] == (
        None, None, None,
    )  # fmt: skip
    nobody = Stratum(np.empty(0), np.empty(0), 10, 10)
    assert mean_difference([nobody]) == (0.0, None, None, None)
    alike = Stratum(np.full(50, 9.0), np.full(20, 9.0), 50, 20)
    assert mean_difference([alike])[1:] == (None, None, None)
