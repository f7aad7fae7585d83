from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.cluster import KMeans

from ml.choice_of_k.stability import (
    best_jaccards,
    bootstrap_stability,
    nearest,
    prediction_strength,
    prediction_strengths,
)
from tests.ml.users import CONFIG, three_heaps


def _labels(values: np.ndarray, k: int) -> np.ndarray:
    return KMeans(k, n_init=5, random_state=0).fit(values).labels_


def test_the_jaccard_index_is_that_with_the_most_similar_segment() -> None:
    labels = np.array([0, 0, 0, 0, 1, 1, 2, 2])
    again = np.array([1, 1, 1, 0, 0, 0, 0, 2])
    # Segment 0 shares 3 of 4 with the second; 1 shares 2 of 4 with the first; 2 shares 1 of 2 with
    # the third.
    assert best_jaccards(labels, again, segment_count=3).tolist() == [0.75, 0.5, 0.5]


def test_a_segment_that_nobody_is_in_does_not_come_back() -> None:
    labels = np.array([0, 0, 2])
    assert best_jaccards(labels, labels, segment_count=3).tolist() == [1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("labels", "predicted", "expected"),
    [
        # All pairs together, whatever the numbers.
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        # Of the 6 pairs of the first, 3 stay together; the second stays whole.
        ([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], 0.5),
        # Of the 3 pairs of the second, 1 stays together.
        ([0, 0, 1, 1, 1], [0, 0, 1, 1, 0], 1 / 3),
        # One user has no pair.
        ([0, 0, 1], [0, 0, 1], 0.0),
    ],
)
def test_prediction_strength_counts_pairs(
    labels: list[int], predicted: list[int], expected: float
) -> None:
    assert prediction_strength(np.array(labels), np.array(predicted)) == pytest.approx(expected)


def test_of_equally_near_centroids_the_first() -> None:
    assert nearest(np.array([[1.0], [1.6]]), np.array([[0.0], [2.0]])).tolist() == [0, 1]


def test_separate_groups_come_back_and_are_predicted() -> None:
    values = three_heaps()
    stability = bootstrap_stability(values, {3: _labels(values, 3)}, CONFIG)[3]
    assert stability.adjusted_rand > 0.99
    assert stability.jaccards.min() > 0.99
    assert prediction_strengths(values, [3], CONFIG)[3] > 0.99


def test_a_group_that_is_cut_in_two_does_not_come_back() -> None:
    values = three_heaps()
    labels = _labels(values, 4)
    stability = bootstrap_stability(values, {4: labels}, replace(CONFIG, resample_count=15))[4]
    whole = [label for label in range(4) if (labels == label).mean() > 0.25]
    halves = [label for label in range(4) if label not in whole]
    assert len(whole) == len(halves) == 2
    assert stability.jaccards[whole].min() > 0.75
    assert stability.jaccards[halves].max() < 0.75
    assert prediction_strengths(values, [4], CONFIG)[4] < 0.8


def test_a_shapeless_cloud_is_not_predicted() -> None:
    values = np.random.default_rng(0).standard_normal((800, 4))
    strengths = prediction_strengths(values, [3, 5], CONFIG)
    stabilities = bootstrap_stability(values, {5: _labels(values, 5)}, CONFIG)
    assert max(strengths.values()) < 0.8
    assert stabilities[5].jaccards.min() < 0.75


def test_the_same_users_give_the_same_figures() -> None:
    values = three_heaps(distance=3.0)
    labels = {2: _labels(values, 2), 4: _labels(values, 4)}
    first, second = (bootstrap_stability(values, labels, CONFIG) for _ in range(2))
    assert all((first[k].jaccards == second[k].jaccards).all() for k in labels)
    assert prediction_strengths(values, [2, 4], CONFIG) == prediction_strengths(
        values, [2, 4], CONFIG
    )
    other = bootstrap_stability(values, labels, replace(CONFIG, random_seed=7))
    assert (first[4].jaccards != other[4].jaccards).any()


def test_large_stores_are_sampled() -> None:
    values = three_heaps(12_000)
    config = replace(CONFIG, resample_rows=300, resample_count=3)
    stability = bootstrap_stability(values, {3: _labels(values, 3)}, config)[3]
    assert stability.adjusted_rand > 0.98
    assert prediction_strengths(values, [3], config)[3] > 0.95


@pytest.mark.parametrize("count", [3, 4])
def test_a_handful_of_users_is_judged_too(count: int) -> None:
    values = np.column_stack([np.arange(float(count)), np.ones(count)])
    labels = np.minimum(np.arange(count), 1)
    stability = bootstrap_stability(values, {2: labels}, replace(CONFIG, resample_count=20))[2]
    assert (stability.jaccards >= 0).all()
    assert (stability.jaccards <= 1).all()
    assert prediction_strengths(values, [2], CONFIG)[2] == 0.0
