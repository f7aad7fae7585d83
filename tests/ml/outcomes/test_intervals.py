"""How certain a rate and a mean are."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from ml.outcomes.intervals import LEAST_SPENDERS, Interval, mean_interval, rate_interval

# Student's 97.5 % quantile with nine degrees of freedom.
STUDENT_9 = 2.262157


def test_rate_intervals_are_published_ones() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    for successes, count, lower, upper in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        found = rate_interval(successes, count)
        assert found.estimate == successes / count
        assert found.lower == pytest.approx(lower, abs=5e-5)
        assert found.upper == pytest.approx(upper, abs=5e-5)


def test_nothing_measured_has_no_interval() -> None:
    nothing = Interval(None, None, None)
    assert rate_interval(0, 0) == mean_interval(np.array([])) == nothing


@pytest.mark.parametrize("spender_count", [0, 1, LEAST_SPENDERS - 1])
def test_few_who_spent_do_not_tell_how_others_spend(spender_count: int) -> None:
    """Nobody among a thousand: the mean is 0, and that all means are 0 is not known."""
    values = np.zeros(1000)
    values[:spender_count] = np.arange(1, spender_count + 1)
    assert mean_interval(values) == Interval(values.mean(), None, None)
    values[:LEAST_SPENDERS] = np.arange(1, LEAST_SPENDERS + 1)
    assert None not in astuple(mean_interval(values))


@pytest.mark.parametrize("value", [0.1 + 0.2, 7.0])
def test_equal_values_do_not_tell_how_others_spread(value: float) -> None:
    assert mean_interval(np.full(12, value)) == Interval(pytest.approx(value), None, None)
    assert mean_interval(np.array([value])) == Interval(value, None, None)


def test_without_skewness_the_interval_is_students() -> None:
    found = mean_interval(np.array([-1.0, 1.0] * 5))
    assert found.upper == pytest.approx(STUDENT_9 * np.sqrt(10 / 9) / np.sqrt(10), rel=1e-6)
    assert found.lower == pytest.approx(-found.upper)


def test_the_degrees_of_freedom_are_those_of_the_spenders() -> None:
    """Halls formula by hand: ten spenders of 40 each among 1,000."""
    values = np.zeros(1000)
    values[::100] = 40.0
    error = values.std(ddof=1) / np.sqrt(1000)
    skewness = ((values - 0.4) ** 3).mean() / values.std() ** 3
    tilt = skewness / np.sqrt(1000)
    found = mean_interval(values)
    for limit, quantile in ((found.lower, STUDENT_9), (found.upper, -STUDENT_9)):
        assert limit is not None
        studentised = (0.4 - limit) / error
        transformed = (
            studentised + tilt * studentised**2 / 3 + tilt**2 * studentised**3 / 27 + tilt / 6
        )
        assert transformed == pytest.approx(quantile, rel=1e-6)


def test_no_limit_lies_below_what_is_possible() -> None:
    values = np.zeros(20)
    values[:10] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 500]
    assert mean_interval(values).lower == 0.0
    # Where money went back, the mean may be below 0.
    found = mean_interval(values - np.linspace(0, 300, 20)).lower
    assert found is not None
    assert found < 0


def test_the_interval_covers_the_mean_of_heavy_tails_where_the_usual_one_does_not() -> None:
    rng = np.random.default_rng(2)
    # One user in ten buys; what they spend is log-normal: mean 0.1 * exp(1.3^2 / 2).
    truth = 0.1 * np.exp(1.3**2 / 2)
    covered, usual = [], []
    for _ in range(600):
        values = rng.lognormal(0, 1.3, 200) * (rng.random(200) < 0.1)
        error = 1.959964 * values.std(ddof=1) / np.sqrt(200)
        found = mean_interval(values)
        if found.lower is not None and found.upper is not None:
            covered.append(found.lower <= truth <= found.upper)
            usual.append(abs(values.mean() - truth) <= error)
    assert len(covered) > 590
    assert np.mean(usual) < 0.85
    assert 0.93 < np.mean(covered) < 0.98


def test_the_order_of_the_values_does_not_matter() -> None:
    values = np.random.default_rng(0).lognormal(0, 2, 500)
    assert mean_interval(values[::-1]) == mean_interval(values)
