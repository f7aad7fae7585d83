from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ml.choice_of_k.gain import Gain, Separation, measure_gains, separations
from ml.model.config import SegmentationConfig
from ml.model.preparation import learn_preparation
from ml.model.segmentation import Segmentation, fit_segments
from tests.ml.users import CONFIG, one_continuum, three_heaps


def _gains(
    values: np.ndarray, candidates: Sequence[int], config: SegmentationConfig = CONFIG
) -> dict[int, Gain]:
    """Segment users and compare them with the null."""
    points = learn_preparation(
        values,
        clipping_quantile=config.clipping_quantile,
        explained_variance=config.explained_variance,
    ).apply(values)
    solutions = {k: fit_segments(points, k, restart_count=3, random_seed=1) for k in candidates}
    found = separations(points, solutions, np.arange(len(points)))
    return measure_gains(values, found, config, component_count=points.shape[1])


def test_the_separation_of_four_points_is_that_of_the_definitions() -> None:
    # Points 0, 1 | 10, 11: silhouettes 9.5 / 10.5 and 8.5 / 9.5; of 4 * 5^2 + 1 the 1 is within.
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    solution = Segmentation(np.array([[0.5], [10.5]]), np.array([0, 0, 1, 1]), 1.0)
    found = separations(points, {2: solution}, np.arange(4))[2]
    assert found == Separation(pytest.approx((9.5 / 10.5 + 8.5 / 9.5) / 2), pytest.approx(1 / 101))


def test_groups_gain_at_their_number() -> None:
    gains = _gains(three_heaps(), range(2, 6))
    assert max(gains, key=lambda k: gains[k].silhouette) == 3
    assert gains[3].silhouette > 0.2
    assert gains[3].silhouette > 10 * gains[3].silhouette_error
    # exp(1) is a variance within segments nearly three times as small as that of the null.
    assert gains[3].inertia > 1


def test_a_continuum_gains_nothing() -> None:
    gains = _gains(one_continuum(2_000), range(2, 5))
    assert max(gain.silhouette for gain in gains.values()) < 0.05
    assert max(gain.inertia for gain in gains.values()) < 0.1


def test_a_draw_of_the_null_is_no_better_than_the_null() -> None:
    values = np.random.default_rng(0).standard_normal((800, 3))
    gains = _gains(values, [2, 3], replace(CONFIG, null_draw_count=8))
    for gain in gains.values():
        assert abs(gain.silhouette) < 4 * gain.silhouette_error
        assert abs(gain.inertia) < 4 * gain.inertia_error


def test_it_is_the_same_twice_and_on_a_sample() -> None:
    values = three_heaps(3_000)
    config = replace(CONFIG, resample_rows=400)
    assert _gains(values, [2, 3], config) == _gains(values, [2, 3], config)
    assert _gains(values, [3], config)[3].silhouette > 0.2


def test_a_handful_of_users_is_measured_too() -> None:
    values = np.column_stack([[0.0, 1.0, 2.0], np.ones(3)])
    gain = _gains(values, [2])[2]
    assert np.isfinite([gain.silhouette, gain.inertia, gain.silhouette_error]).all()


def test_more_users_alike_than_are_drawn() -> None:
    # The null is learned from users of one kind only: it separates nothing, and nothing breaks.
    values = np.zeros((4_000, 2))
    values[:3] = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    config = replace(CONFIG, resample_rows=10)
    found = {3: Separation(0.5, 0.1)}
    gain = measure_gains(values, found, config, component_count=2)[3]
    assert (gain.silhouette, gain.silhouette_error) == (0.5, 0.0)
