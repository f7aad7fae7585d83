from __future__ import annotations

import numpy as np
import pytest

from ml.criteria import evaluate, knee_distances
from ml.segmentation import Segmentation


def test_the_silhouette_is_that_of_the_definition() -> None:
    # Points 0, 1 | 10, 11. For 0: a = 1, b = 10.5, s = 0.905; for 1: a = 1, b = 9.5, s = 0.895.
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    labels = np.array([0, 0, 1, 1])
    solution = Segmentation(np.array([[0.5], [10.5]]), labels, 1.0)
    measured = evaluate(points, solution, sample_rows=100, random_seed=0)
    assert measured.silhouette == pytest.approx((9.5 / 10.5 + 8.5 / 9.5) / 2)
    assert measured.smallest_share == 0.5


def test_a_sample_that_misses_a_segment_separates_nothing() -> None:
    points = np.zeros((100, 1))
    points[0] = 1.0
    labels = (points[:, 0] > 0).astype(int)
    solution = Segmentation(np.array([[0.0], [1.0]]), labels, 0.0)
    assert evaluate(points, solution, sample_rows=3, random_seed=0).silhouette == 0.0


@pytest.mark.parametrize("inertias", [[5.0], [5.0, 4.0], [5.0, 5.0, 5.0]])
def test_no_knee_where_there_is_none(inertias: list[float]) -> None:
    assert knee_distances(np.array(inertias)).tolist() == [0.0] * len(inertias)
