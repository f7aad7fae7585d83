"""What is predicted of users who were held out."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from ml.outcomes.held_out import FEWEST_USERS, predictable_share, share_by_group
from ml.outcomes.value import adjusted_variance_explained


def test_noise_is_not_learned_by_heart() -> None:
    rng = np.random.default_rng(1)
    assert predictable_share(rng.normal(size=(600, 3)), rng.normal(size=600)) < 0.05


def test_half_of_a_noisy_outcome_is_predicted() -> None:
    rng = np.random.default_rng(2)
    features = rng.integers(0, 2, size=(6_000, 2)).astype(float)
    # Variance 1 from the feature, 1 from noise.
    outcomes = 2 * features[:, 0] + rng.normal(size=6_000)
    assert predictable_share(features, outcomes) == pytest.approx(0.5, abs=0.03)


def test_the_same_users_give_the_same_share() -> None:
    rng = np.random.default_rng(3)
    features, outcomes = rng.normal(size=(500, 3)), rng.normal(size=500)
    outcomes += features[:, 0]
    assert predictable_share(features, outcomes) == predictable_share(features, outcomes)


@pytest.mark.parametrize("count", [0, FEWEST_USERS - 1])
def test_too_few_users_measure_luck(count: int) -> None:
    assert isnan(predictable_share(np.zeros((count, 1)), np.arange(count, dtype=float)))


def test_an_outcome_that_is_the_same_for_all_needs_no_prediction() -> None:
    assert isnan(predictable_share(np.zeros((300, 1)), np.ones(300)))


def test_groups_of_two_means_predict_half_of_a_noisy_outcome() -> None:
    rng = np.random.default_rng(4)
    labels = rng.integers(0, 2, 6_000)
    assert share_by_group(labels, 2 * labels + rng.normal(size=6_000)) == pytest.approx(
        0.5, abs=0.03
    )


def test_small_groups_with_the_widest_spread_flatter_themselves_no_more() -> None:
    """As cells of buyers: hardly any differs from the others, and all lie where the spread is."""
    rng = np.random.default_rng(5)
    is_buyer = rng.random(1_000) < 0.3
    outcomes = np.where(is_buyer, 1 + 3 * rng.normal(size=1_000), rng.normal(size=1_000))
    cells = np.where(is_buyer, rng.integers(1, 80, 1_000), 0)
    truth = share_by_group(is_buyer, outcomes)
    assert adjusted_variance_explained(cells, outcomes) > truth + 0.02
    assert share_by_group(cells, outcomes) < truth


def test_nobody_and_equal_outcomes_leave_nothing_to_predict() -> None:
    assert isnan(share_by_group(np.arange(2), np.arange(2.0)))
    assert isnan(share_by_group(np.arange(9) % 2, np.ones(9)))
