from __future__ import annotations

from dataclasses import astuple

import duckdb
import numpy as np
import pytest

from ml.campaign import (
    Interval,
    TestPlan,
    arm_size,
    mean_interval,
    mean_interval_of_moments,
    plan_test,
    rate_interval,
)
from ml.vocabulary import CAMPAIGN_STATES


@pytest.mark.parametrize(
    ("first", "second", "power", "size"),
    [
        # Fleiss (1981), table A.3, two-sided 5 %.
        (0.05, 0.10, 0.80, 474),
        (0.20, 0.30, 0.80, 313),
        (0.60, 0.70, 0.80, 376),
        # The example in the manual of Stata's `sampsi`.
        (0.25, 0.40, 0.90, 216),
    ],
)
def test_arm_sizes_are_those_of_published_tables(
    first: float, second: float, power: float, size: int
) -> None:
    assert arm_size(first, second, power=power) == size
    assert arm_size(second, first, power=power) == size


def test_arm_size_by_hand() -> None:
    # (1.95996 sqrt(2 * 0.075 * 0.925) + 0.84162 sqrt(0.05 * 0.95 + 0.10 * 0.90))^2 / 0.05^2
    # = (0.73008 + 0.31201)^2 / 0.0025 = 434.4; with the correction 434.4 / 4 * (1 + sqrt(1 + 4 /
    # (434.4 * 0.05)))^2 = 108.6 * 2.0882^2 = 473.6
    assert arm_size(0.05, 0.10) == 474


def test_a_test_of_that_size_has_the_power() -> None:
    rng = np.random.default_rng(0)
    size = arm_size(0.10, 0.15)
    arms = rng.binomial(size, [0.10, 0.15], (4_000, 2)) / size
    mean = arms.mean(axis=1)
    # The corrected z test of two proportions.
    distance = np.abs(arms[:, 1] - arms[:, 0]) - 1 / size
    is_shown = distance / np.sqrt(2 * mean * (1 - mean) / size) > 1.959964
    assert is_shown.mean() == pytest.approx(0.80, abs=0.025)


def test_a_large_segment_is_feasible() -> None:
    plan = plan_test(100_000, 600, 10_000, effect=0.10)
    assert (plan.state, plan.base_rate) == ("feasible", 0.06)
    assert plan.arm_size == arm_size(0.06, 0.066)
    assert plan.detectable_effect is not None
    assert plan.detectable_effect < 0.10


def test_a_small_segment_says_what_it_could_show() -> None:
    plan = plan_test(948, 50, 1_000, effect=0.10)
    assert plan.state == "too_small"
    # Two arms of 474 show 5 % against 10 %: twice as many.
    assert plan.detectable_effect == pytest.approx(1.0, abs=0.01)


def test_both_arms_must_fit() -> None:
    needed = arm_size(0.05, 0.10)
    assert plan_test(2 * needed, 50, 1_000, effect=1.0).state == "feasible"
    assert plan_test(2 * needed - 1, 50, 1_000, effect=1.0).state == "too_small"


def test_a_handful_of_users_shows_nothing() -> None:
    plan = plan_test(10, 2, 10, effect=0.5)
    assert (plan.state, plan.detectable_effect) == ("too_small", None)
    assert plan_test(0, 2, 10).state == plan_test(1, 2, 10).state == "too_small"


@pytest.mark.parametrize(
    ("responders", "measured", "state"),
    [(0, 500, "nobody_responds"), (500, 500, "everybody_responds"), (0, 0, "not_measured")],
)
def test_without_a_rate_between_0_and_1_nothing_is_promised(
    responders: int, measured: int, state: str
) -> None:
    plan = plan_test(500, responders, measured)
    assert (plan.state, plan.arm_size, plan.detectable_effect) == (state, None, None)


def test_a_rate_has_to_have_room() -> None:
    plan = plan_test(5_000, 95, 100, effect=0.10)
    assert (plan.state, plan.arm_size) == ("no_room", None)
    assert plan.detectable_effect is not None
    assert plan.detectable_effect < 0.05 / 0.95


def test_every_state_has_words() -> None:
    plans = [
        plan_test(100_000, 600, 10_000),
        plan_test(100, 600, 10_000),
        plan_test(100, 0, 10),
        plan_test(100, 10, 10),
        plan_test(100, 99, 100),
        plan_test(100, 0, 0),
    ]
    assert {plan.state for plan in plans} == set(CAMPAIGN_STATES)
    for words in CAMPAIGN_STATES.values():
        for text in words:
            assert "{" not in text.format(effect="10 %", arm_size="474")


@pytest.mark.parametrize("effect", [0.0, -0.1])
def test_no_effect_cannot_be_planned_for(effect: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        plan_test(100, 1, 10, effect=effect)


def test_more_responders_than_users_are_refused() -> None:
    with pytest.raises(ValueError, match="11 of 10"):
        plan_test(100, 11, 10)


def test_rate_intervals_are_published_ones() -> None:
    # Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
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
    assert mean_interval_of_moments(0, 0.0, 0.0, 0.0) == nothing


def test_one_user_has_a_mean_and_no_interval() -> None:
    assert mean_interval(np.array([7.0])) == Interval(7.0, None, None)


def test_a_constant_is_certain() -> None:
    assert astuple(mean_interval(np.full(10, 0.1 + 0.2))) == pytest.approx((0.3, 0.3, 0.3))
    # What DuckDB returns for a constant, and for two users.
    for unknown in (None, float("nan")):
        found = mean_interval_of_moments(10, 0.3, 0.0, unknown)
        assert found == Interval(0.3, 0.3, 0.3)


def test_without_skewness_the_interval_is_the_normal_one() -> None:
    found = mean_interval(np.array([-1.0, 1.0] * 50))
    # 1.96 standard errors of sqrt(100 / 99) / 10.
    assert found.upper == pytest.approx(1.959964 * np.sqrt(100 / 99) / 10)
    assert found.lower == pytest.approx(-found.upper)


def test_a_long_tail_moves_the_interval_up() -> None:
    rng = np.random.default_rng(0)
    values = rng.lognormal(0, 1.3, 300)
    error = 1.959964 * values.std(ddof=1) / np.sqrt(300)
    found = mean_interval(values)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower > values.mean() - error
    assert found.upper > values.mean() + error


def test_the_interval_covers_the_mean_of_heavy_tails_where_the_normal_one_does_not() -> None:
    rng = np.random.default_rng(2)
    # One user in ten buys; what they spend is log-normal: mean 0.1 * exp(1.3^2 / 2).
    truth = 0.1 * np.exp(1.3**2 / 2)
    covered, normal = [], []
    for _ in range(600):
        values = rng.lognormal(0, 1.3, 200) * (rng.random(200) < 0.1)
        error = 1.959964 * values.std(ddof=1) / np.sqrt(200)
        found = mean_interval(values)
        assert found.lower is not None
        assert found.upper is not None
        covered.append(found.lower <= truth <= found.upper)
        normal.append(abs(values.mean() - truth) <= error)
    assert np.mean(normal) < 0.85
    assert np.mean(covered) > 0.90


def test_the_order_of_the_values_does_not_matter() -> None:
    values = np.random.default_rng(0).integers(0, 50, 500).astype(float)
    turned = astuple(mean_interval(values[::-1]))
    assert astuple(mean_interval(values)) == pytest.approx(turned)


def test_moments_from_sql_give_the_same_interval() -> None:
    values = np.random.default_rng(4).lognormal(0, 1, 400)
    query = "select count(v), avg(v), stddev_samp(v), skewness(v) from (select unnest($1) as v)"
    moments = duckdb.connect().execute(query, [values.tolist()]).fetchone()
    assert moments is not None
    found = mean_interval_of_moments(*moments)
    # DuckDB corrects the skewness for small samples, which hardly matters.
    assert astuple(found) == pytest.approx(astuple(mean_interval(values)), rel=1e-3)


def test_a_plan_is_plain_data() -> None:
    assert plan_test(10, 0, 5) == TestPlan("nobody_responds", 10, 0.0, 0.1, None, None)
