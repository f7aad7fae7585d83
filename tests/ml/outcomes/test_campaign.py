from __future__ import annotations

import numpy as np
import pytest

from ml.outcomes.campaign import (
    TestPlan,
    arm_size,
    plan_pools,
    plan_test,
)


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
    assert {plan.state for plan in plans} == {
        "feasible", "too_small", "nobody_responds", "everybody_responds", "no_room", "not_measured",
    }  # fmt: skip


@pytest.mark.parametrize("effect", [0.0, -0.1])
def test_no_effect_cannot_be_planned_for(effect: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        plan_test(100, 1, 10, effect=effect)


def test_more_responders_than_users_are_refused() -> None:
    with pytest.raises(ValueError, match="11 of 10"):
        plan_test(100, 11, 10)


def test_a_plan_is_plain_data() -> None:
    assert plan_test(10, 0, 5) == TestPlan("nobody_responds", 10, 0.0, 0.1, None, None)


def _plans(*groups: tuple[int, int, int]) -> dict[int, TestPlan]:
    return {at: plan_test(*group) for at, group in enumerate(groups)}


def test_the_groups_with_most_responders_come_first() -> None:
    """Of 20,000 at 10 %, 10,000 at 24 % and 5,000 at 10 %, the first two are 4,400 of 30,000."""
    plans = _plans((5_000, 1, 10), (20_000, 1, 10), (10_000, 24, 100), (900_000, 1, 10))
    assert [plan.state for plan in plans.values()] == ["too_small"] * 3 + ["feasible"]
    pool, whole = plan_pools(plans)
    assert (pool.groups, whole.groups) == ((2, 1), (2, 1, 0))
    rate = (2_000 + 2_400) / 30_000
    assert pool.plan == plan_test(30_000, 2_200, 15_000)
    assert pool.plan.base_rate == pytest.approx(rate)
    assert pool.plan.state == "feasible"
    assert 2 * arm_size(rate, 1.1 * rate) <= 30_000
    assert whole.plan.segment_size == 35_000


def test_where_all_together_are_too_few_the_pool_says_what_it_could_show() -> None:
    plans = _plans((300, 1, 10), (200, 1, 10), (100, 0, 10), (100, 10, 10))
    (pool,) = plan_pools(plans)
    assert (pool.groups, pool.plan.state) == ((0, 1), "too_small")
    alone = [plans[at].detectable_effect for at in pool.groups]
    assert pool.plan.detectable_effect is not None
    assert pool.plan.detectable_effect < min(effect for effect in alone if effect is not None)


def test_fewer_than_two_small_groups_are_no_pool() -> None:
    assert plan_pools(_plans((300, 1, 10), (900_000, 1, 10), (100, 0, 10))) == ()
    assert plan_pools({}) == ()


def test_a_pooled_test_of_groups_with_unlike_rates_has_the_power() -> None:
    sizes, rates = (12_000, 12_000), (0.10, 0.18)
    plans = _plans(
        *((size, round(100 * rate), 100) for size, rate in zip(sizes, rates, strict=True))
    )
    (pool,) = plan_pools(plans)
    assert pool.plan.state == "feasible"
    share = 2 * pool.plan.arm_size / sum(sizes)
    rng = np.random.default_rng(3)
    half = [round(share * size / 2) for size in sizes]
    without, with_it = (
        sum(rng.binomial(size, rate * lift, 4_000) for size, rate in zip(half, rates, strict=True))
        / sum(half)
        for lift in (1.0, 1.1)
    )
    mean = (without + with_it) / 2
    z = (with_it - without) / np.sqrt(2 * mean * (1 - mean) / sum(half))
    assert 0.80 <= np.mean(np.abs(z) > 1.959964) < 0.86
