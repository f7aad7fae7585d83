from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from ml.choice_of_k.silhouettes import mean_silhouettes


def test_the_silhouette_is_that_of_the_definition() -> None:
    # Points 0, 1 | 10, 11. For 0: a = 1, b = 10.5, s = 0.905; for 1: a = 1, b = 9.5, s = 0.895.
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    measured = mean_silhouettes(points, [np.array([0, 0, 1, 1])])
    assert measured == [pytest.approx((9.5 / 10.5 + 8.5 / 9.5) / 2)]


def test_scikit_learn_gives_the_same_numbers() -> None:
    rng = np.random.default_rng(0)
    # More users than fit into one chunk of distances.
    points = rng.standard_normal((1_500, 3))
    labelings = [rng.integers(0, k, 1_500) for k in (2, 5)]
    labelings.append(np.minimum(np.arange(1_500), 2))  # Two segments of one user.
    expected = [silhouette_score(points, labels) for labels in labelings]
    assert mean_silhouettes(points, labelings) == pytest.approx(expected)


@pytest.mark.parametrize("labels", [[0, 0, 0], [0, 1, 2]])
def test_one_segment_for_all_or_for_each_separates_nothing(labels: list[int]) -> None:
    points = np.array([[0.0], [1.0], [5.0]])
    assert mean_silhouettes(points, [np.array(labels)]) == [0.0]


def test_users_on_one_place_are_not_separated() -> None:
    assert mean_silhouettes(np.ones((4, 2)), [np.array([0, 0, 1, 1])]) == [0.0]


def test_a_number_without_users_is_no_segment() -> None:
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    first, second = mean_silhouettes(points, [np.array([0, 0, 1, 1]), np.array([0, 0, 7, 7])])
    assert first == second
