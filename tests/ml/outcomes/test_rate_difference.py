"""Differences of two rates: published intervals, strata, and how often they cover."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from ml.outcomes.rate_difference import _variances, rate_difference


@pytest.mark.parametrize(
    ("successes", "counts", "lower", "upper"),
    [
        # Newcombe (1998), table II, method 5.
        ((56, 48), (70, 80), 0.0528, 0.3382),
        ((9, 3), (10, 10), 0.1700, 0.8406),
        ((5, 0), (56, 29), -0.0326, 0.1933),
    ],
)
def test_intervals_are_those_that_were_published(
    successes: tuple[int, int], counts: tuple[int, int], lower: float, upper: float
) -> None:
    found = rate_difference(np.array([successes]), np.array([counts]))
    assert found[1:3] == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize("difference", [-0.3, -0.01, 0.0, 0.05, 0.4])
@pytest.mark.parametrize("successes", [(0, 0), (3, 0), (0, 2), (20, 4), (50, 10)])
def test_the_rates_behind_the_variance_are_the_likeliest(
    successes: tuple[int, int], difference: float
) -> None:
    hits, counts = np.array(successes, float), np.array([50.0, 10.0])

    def unlikelihood(base: float) -> float:
        rates = np.clip([base + difference, base], 1e-12, 1 - 1e-12)
        return -float(hits @ np.log(rates) + (counts - hits) @ np.log(1 - rates))

    bounds = (max(0.0, -difference), min(1.0, 1 - difference))
    base = minimize_scalar(unlikelihood, bounds=bounds, method="bounded", options={"xatol": 1e-9}).x
    rates = np.array([base + difference, base])
    expected = float((rates * (1 - rates) / counts).sum() * 60 / 59)
    found = _variances(hits[None, :], counts[None, :], difference)[0]
    assert found == pytest.approx(expected, abs=2e-5)


def test_strata_count_by_their_people() -> None:
    successes, counts = np.array([[90, 8], [10, 1]]), np.array([[180, 20], [720, 80]])
    found = rate_difference(successes, counts)
    expected = 0.2 * (90 / 180 - 8 / 20) + 0.8 * (10 / 720 - 1 / 80)
    assert found[0] == pytest.approx(expected)
    # Half of the rates differ by segment, not by group: strata tell more than their sum.
    together = rate_difference(successes.sum(axis=0)[None, :], counts.sum(axis=0)[None, :])
    assert found[2] - found[1] < together[2] - together[1]


def test_nothing_and_everything_have_limits() -> None:
    nobody = rate_difference(np.array([[0, 0]]), np.array([[90, 10]]))
    everybody = rate_difference(np.array([[90, 10]]), np.array([[90, 10]]))
    assert nobody[0] == everybody[0] == 0
    assert nobody[3] == everybody[3] == 0
    assert nobody[1] == pytest.approx(-everybody[2])
    assert -1 < nobody[1] < 0 < nobody[2] < 0.1
    whole = rate_difference(np.array([[90, 0]]), np.array([[90, 10]]))
    assert whole[0] == 1
    assert 0.6 < whole[1] < whole[2] <= 1


def test_an_interval_leaves_out_0_where_the_errors_say_so() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        counts = np.array([[270, 30], [180, 20]])
        successes = rng.binomial(counts, [[0.3, 0.2], [0.05, 0.05]])
        _, lower, upper, errors = rate_difference(successes, counts)
        assert (lower > 0 or upper < 0) == (abs(errors) > 1.959964)
