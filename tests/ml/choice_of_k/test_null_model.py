from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from ml.choice_of_k.null_model import learn_null
from tests.ml.users import one_continuum, three_heaps


def _draw(values: np.ndarray, seed: int = 5) -> np.ndarray:
    return learn_null(values, random_seed=1).draw(np.random.default_rng(seed))


@pytest.mark.parametrize("values", [one_continuum(), three_heaps(), np.ones((20, 2))])
def test_every_feature_keeps_its_values(values: np.ndarray) -> None:
    drawn = _draw(values)
    assert (np.sort(drawn, axis=0) == np.sort(values, axis=0)).all()


def test_rank_correlations_are_kept_though_most_values_are_equal() -> None:
    # Two users in three have no order, and revenue is 0 exactly where orders are.
    values = one_continuum(4_000)
    wanted = spearmanr(values).statistic
    null = learn_null(values, random_seed=1)
    draws = [spearmanr(null.draw(np.random.default_rng(seed))).statistic for seed in range(5)]
    np.testing.assert_allclose(np.mean(draws, axis=0), wanted, atol=0.03)
    assert null.correlation_error < 0.02


def test_how_far_a_draw_misses_the_correlations_is_measured_on_the_draw() -> None:
    values = one_continuum(1_000)
    null = learn_null(values, random_seed=1)
    drawn = null.draw(np.random.default_rng(7))
    expected = np.abs(spearmanr(drawn).statistic - spearmanr(values).statistic).max()
    assert null.deviation_of(drawn) == pytest.approx(expected)
    assert null.deviation_of(values) == pytest.approx(0)


def test_signs_survive_and_a_constant_correlates_with_nothing() -> None:
    rising = np.arange(300.0)
    drawn = _draw(np.column_stack([rising, -rising, np.ones(300)]))
    assert spearmanr(drawn[:, 0], drawn[:, 1]).statistic < -0.99
    assert set(drawn[:, 2]) == {1.0}


def test_what_no_copula_can_follow_is_followed_as_far_as_it_can() -> None:
    # Only users with a cart remove anything, and whoever removes does not order.
    rng = np.random.default_rng(0)
    carts = rng.poisson(1, 2_000)
    removes = (carts > 0) & (rng.random(2_000) < 0.5)
    values = np.column_stack([carts, removes, (carts > 0) & ~removes]).astype(float)
    null = learn_null(values, random_seed=1)
    assert 0.02 < null.correlation_error < 0.2


def test_groups_are_gone() -> None:
    values = three_heaps()
    # The lower two heaps leave a gap in the middle, which only the upper one fills.
    in_the_gap = (values[:, 1] < 3) & (abs(values[:, 0] - 4) < 1)
    assert in_the_gap.mean() < 0.01
    drawn = _draw(values)
    assert ((drawn[:, 1] < 3) & (abs(drawn[:, 0] - 4) < 1)).mean() > 0.03


def test_the_same_seeds_give_the_same_users_and_others_others() -> None:
    values = one_continuum()
    assert (_draw(values) == _draw(values)).all()
    assert (_draw(values) != _draw(values, seed=6)).any()
