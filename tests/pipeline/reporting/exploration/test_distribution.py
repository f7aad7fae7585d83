import numpy as np
import pytest

from pipeline.reporting.exploration.distribution import described


def test_figures_of_eight_numbers():
    # 2 4 4 4 5 5 7 9: mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, 32/8 = 4
    found = described([9, 2, 4, 5, 7], [1, 1, 3, 2, 1])
    assert (found.count, found.minimum, found.maximum) == (8, 2, 9)
    assert found.mean == pytest.approx(5)
    assert found.standard_deviation == pytest.approx(2)
    # ranks ceil(8q): 1 1 2 4 6 8 8
    assert found.quantiles == {"p1": 2, "p5": 2, "p25": 4, "p50": 4, "p75": 5, "p95": 9, "p99": 9}


def test_fences_lie_one_and_a_half_ranges_outside_the_quartiles():
    found = described([2, 4, 5, 7, 9], [1, 3, 2, 1, 1]).beyond_1_5_iqr
    # quartiles 4 and 5: fences 2.5 and 6.5; outside are 2, 7 and 9
    assert (found.low, found.high, found.count, found.share) == (2.5, 6.5, 3, 3 / 8)


def test_a_far_value_lies_beyond_five_standard_deviations():
    found = described([0, 1000], [999, 1])
    # mean 1, variance 1000 - 1 = 999
    assert found.beyond_5_sigma.high == pytest.approx(1 + 5 * np.sqrt(999))
    assert found.beyond_5_sigma.count == 1


def test_bounds_themselves_are_not_outliers():
    assert described([4], [10]).beyond_1_5_iqr.count == 0


def test_quantile_of_an_exact_rank_does_not_slip():
    # 5 % of 20 is the first value, 95 % the nineteenth
    found = described(np.arange(1, 21), np.ones(20, dtype=int))
    assert (found.quantiles["p5"], found.quantiles["p95"]) == (1, 19)


def test_quantiles_agree_with_numpy():
    random = np.random.default_rng(3)
    values = random.lognormal(size=997).round(2)
    distinct, counts = np.unique(values, return_counts=True)
    found = described(distinct, counts)
    for name, share in (("p1", 0.01), ("p25", 0.25), ("p50", 0.5), ("p99", 0.99)):
        assert found.quantiles[name] == np.quantile(values, share, method="inverted_cdf")
    assert found.mean == pytest.approx(values.mean())
    assert found.standard_deviation == pytest.approx(values.std())


def test_nothing_to_describe():
    found = described([], [])
    assert found.count == 0
    assert found.mean is None
    assert found.quantiles == {}


def test_one_value():
    found = described([7.5], [1])
    assert (found.minimum, found.mean, found.maximum) == (7.5, 7.5, 7.5)
    assert found.standard_deviation == 0
    assert found.beyond_5_sigma.count == 0
