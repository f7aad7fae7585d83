from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ml.choice_of_k.criteria import evaluate, knee_distances
from ml.model.segmentation import Segmentation, fit_segments
from tests.ml.users import CONFIG, three_heaps


def test_the_figures_of_four_points_are_those_of_the_definitions() -> None:
    # Points 0, 1 | 10, 11: centroids 0.5 and 10.5, mean 5.5.
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    solution = Segmentation(np.array([[0.5], [10.5]]), np.array([0, 0, 1, 1]), 1.0)
    (measured,) = evaluate(points, points, {2: solution}, CONFIG)
    # For 0: a = 1, b = 10.5, s = 0.905; for 1: a = 1, b = 9.5, s = 0.895.
    assert measured.silhouette == pytest.approx((9.5 / 10.5 + 8.5 / 9.5) / 2)
    # Between: 4 * 5^2 = 100, over k - 1 = 1; within: 4 * 0.5^2 = 1, over n - k = 2.
    assert measured.calinski_harabasz == pytest.approx(200)
    # Mean distances to the centroid 0.5 each, centroids 10 apart.
    assert measured.davies_bouldin == pytest.approx(0.1)
    assert measured.smallest_share == 0.5


def test_every_criterion_of_clear_groups_speaks_for_them() -> None:
    points = three_heaps()
    solutions = {k: fit_segments(points, k, restart_count=3, random_seed=0) for k in (2, 3, 4)}
    measured = {entry.k: entry.figures() for entry in evaluate(points, points, solutions, CONFIG)}
    assert list(measured) == [2, 3, 4]
    for name in ("silhouette", "calinski_harabasz", "prediction_strength", "silhouette_gain"):
        assert measured[3][name] == max(row[name] for row in measured.values()), name
    for name in ("adjusted_rand", "smallest_jaccard"):
        assert measured[3][name] > 0.99
    assert measured[3]["davies_bouldin"] == min(row["davies_bouldin"] for row in measured.values())


def test_a_sample_that_misses_a_segment_separates_nothing() -> None:
    points = np.zeros((5_000, 1))
    points[:2, 0] = [1.0, 2.0]
    labels = (points[:, 0] > 0).astype(int)
    solution = Segmentation(np.array([[0.0], [1.5]]), labels, 0.5)
    config = replace(CONFIG, silhouette_rows=3, resample_rows=10)
    assert evaluate(points, points, {2: solution}, config)[0].silhouette == 0.0


@pytest.mark.parametrize("inertias", [[5.0], [5.0, 4.0], [5.0, 5.0, 5.0]])
def test_no_knee_where_there_is_none(inertias: list[float]) -> None:
    assert knee_distances(np.array(inertias)).tolist() == [0.0] * len(inertias)
