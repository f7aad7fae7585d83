from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from ml.model.segmentation import fit_segments, former_or_best, learn_components


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


@pytest.mark.parametrize(("height", "is_kept"), [(1.0, True), (1.2, False)])
def test_of_cuts_that_are_equally_good_the_former_is_kept(height: float, is_kept: bool) -> None:
    # A square can be cut either way; a higher one is better cut into an upper and a lower half.
    rng = np.random.default_rng(0)
    points = rng.uniform(size=(4_000, 2)) * [1.0, height]
    best = fit_segments(points, 2, restart_count=10, random_seed=1)
    former = np.where(points[:, 0] > 0.5, 7, 3)
    found = former_or_best(best, points, former)
    assert (adjusted_rand_score(former, found.labels) > 0.8) == is_kept


def test_former_segments_of_another_number_change_nothing() -> None:
    points = np.random.default_rng(0).uniform(size=(500, 2))
    best = fit_segments(points, 2, restart_count=3, random_seed=1)
    assert former_or_best(best, points, np.arange(500) % 3) is best
