"""What could be predicted at all."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from ml.ceiling import FEWEST_USERS, predictable_share


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
