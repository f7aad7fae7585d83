from __future__ import annotations

import numpy as np
import pytest

from ml.model.segmentation import fit_segments, learn_components


def test_components_reach_the_asked_share_and_no_more() -> None:
    rng = np.random.default_rng(0)
    scaled = rng.standard_normal((2_000, 4)) * [3.0, 2.0, 1.0, 0.1]
    scaled -= scaled.mean(axis=0)
    # Variances 9, 4, 1, 0.01: shares about 0.64, 0.93, 1.00.
    assert len(learn_components(scaled, explained_variance=0.6).axes) == 1
    assert len(learn_components(scaled, explained_variance=0.9).axes) == 2
    assert len(learn_components(scaled, explained_variance=1.0).axes) == 4
    ratios = learn_components(scaled, explained_variance=0.9).explained_variance_ratios
    assert ratios.sum() == pytest.approx(1)


def test_two_heaps_are_found() -> None:
    points = np.r_[np.zeros((30, 2)), np.full((10, 2), 5.0)]
    points += np.random.default_rng(0).normal(0, 0.1, points.shape)
    found = fit_segments(points, 2, restart_count=3, random_seed=1)
    assert sorted(np.bincount(found.labels)) == [10, 30]
    assert found.smallest_share == 0.25
    assert len(set(found.labels[:30])) == 1


def test_many_users_are_fitted_from_a_start_on_some() -> None:
    rng = np.random.default_rng(0)
    points = rng.standard_normal((30_000, 2)) + rng.choice([0.0, 8.0], 30_000)[:, None]
    found = fit_segments(points, 2, restart_count=3, random_seed=1)
    assert sorted(found.centroids[:, 0].round(1)) == pytest.approx([0.0, 8.0], abs=0.1)
    assert np.bincount(found.labels).sum() == 30_000


def test_rare_users_are_found_though_the_draw_may_miss_them() -> None:
    # 20,000 of 200,000 users are drawn; most of the six single ones are not among them.
    points = np.repeat([[0.0], [1.0]], 100_000, axis=0)
    points[:6, 0] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    found = fit_segments(points, 8, restart_count=3, random_seed=1)
    assert sorted(np.bincount(found.labels)) == [1, 1, 1, 1, 1, 1, 99_994, 100_000]
