"""Whether the same segments come back from other users of the same kind.

Three questions. Would a model trained on a resample label the users alike (adjusted Rand index)?
Does each single segment come back (Jaccard index; Hennig 2007)? Does a model trained on one half
predict who stays together in the other (prediction strength; Tibshirani and Walther 2005)?

Every repetition learns everything afresh, but for the value axis, which is learned from outcomes
and not from the users: bounds, scaling, components, and K-Means from cold starts. Starts at the
solution that is to be judged would flatter it: they bring it back even where another one fits as
well. Resamples hold at most `resample_rows` users, so that the cost does not grow with the store;
fewer users make less stable segments, so the figures are rather too low than too high.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import adjusted_rand_score

from ml.model.config import SegmentationConfig
from ml.model.preparation import learn_preparation
from ml.model.segmentation import Segmentation, count_distinct, fit_segments

# Starts of K-Means are compared on this many users of a resample.
_START_ROWS = 2_000
# Users whose labels are compared, at the most.
_COMPARED_ROWS = 10_000
# Different streams of random numbers for different questions, from one seed.
_RESAMPLES, _SPLITS = 1, 2


@dataclass(frozen=True)
class Stability:
    """Mean adjusted Rand index over the resamples, and mean Jaccard index by segment (k,)."""

    adjusted_rand: float
    jaccards: np.ndarray


def bootstrap_stability(
    values: np.ndarray,
    labelings: Mapping[int, np.ndarray],
    config: SegmentationConfig,
    *,
    stretch: np.ndarray | None = None,
) -> dict[int, Stability]:
    """Judge segmentations by those of `config.resample_count` resamples.

    A resample is drawn with replacement. The model learned from it labels the real users, and these
    labels are compared with theirs. The Jaccard index of a segment is that with the most similar
    segment of the resample.

    Parameters
    ----------
    values : float array of shape (n_users, n_features)
        As the model reads them, before bounds and scaling.
    labelings : mapping from k to int array of shape (n_users,)
        The segmentations to be judged, numbered from 0 to k - 1.
    stretch : float array of shape (n_features, n_features), optional
        That of the model, see `ml.model.value_axis`: what is to come back is its cut.

    Returns
    -------
    dict from k to Stability
    """
    compared = _draw(len(values), _COMPARED_ROWS, [config.random_seed, _RESAMPLES])
    rands: dict[int, list[float]] = {k: [] for k in labelings}
    jaccards: dict[int, list[np.ndarray]] = {k: [] for k in labelings}
    for number in range(config.resample_count):
        rng = np.random.default_rng([config.random_seed, _RESAMPLES, number])
        drawn = rng.integers(0, len(values), min(len(values), config.resample_rows))
        models = _Models(values[np.sort(drawn)], config, seed=number, stretch=stretch)
        points = models.points(values[compared])
        for k, labels in labelings.items():
            again = models.labels(k, points)
            rands[k].append(float(adjusted_rand_score(labels[compared], again)))
            jaccards[k].append(best_jaccards(labels[compared], again, segment_count=k))
    return {k: Stability(float(np.mean(rands[k])), np.mean(jaccards[k], axis=0)) for k in labelings}


def prediction_strengths(
    values: np.ndarray,
    candidates: Sequence[int],
    config: SegmentationConfig,
    *,
    stretch: np.ndarray | None = None,
) -> dict[int, float]:
    """Return for each k how well one half of the users predicts the segments of the other.

    For every segment of one half: the share of pairs of its users that the model of the other half
    puts together; the segment where that is lowest counts. Both halves take both parts, and the
    mean over `config.split_count` splits is returned.

    Parameters
    ----------
    values : float array of shape (n_users, n_features), at least two users
    candidates : sequence of int
        Numbers of segments.
    stretch : float array of shape (n_features, n_features), optional
        As in `bootstrap_stability`.
    """
    strengths: dict[int, list[float]] = {k: [] for k in candidates}
    for number in range(config.split_count):
        rng = np.random.default_rng([config.random_seed, _SPLITS, number])
        drawn = rng.permutation(len(values))[: 2 * config.resample_rows]
        halves = [values[np.sort(half)] for half in np.array_split(drawn, 2)]
        models = [_Models(half, config, seed=number, stretch=stretch) for half in halves]
        for model, other in (models, models[::-1]):
            points = model.points(other.values)
            for k in candidates:
                strength = prediction_strength(other.fit(k).labels, model.labels(k, points))
                strengths[k].append(strength)
    return {k: float(np.mean(strengths[k])) for k in candidates}


def best_jaccards(labels: np.ndarray, again: np.ndarray, *, segment_count: int) -> np.ndarray:
    """Return the Jaccard index of each segment with the most similar one of another labelling.

    A segment without a user in `labels` has the index 0.

    Examples
    --------
    >>> first, second = np.array([0, 0, 0, 1, 1, 1]), np.array([1, 1, 0, 0, 0, 0])
    >>> best_jaccards(first, second, segment_count=2).round(2).tolist()
    [0.67, 0.75]
    """
    shared = _crossed(labels, again, segment_count)
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    return (shared / np.maximum(either, 1)).max(axis=1)


def prediction_strength(labels: np.ndarray, predicted: np.ndarray) -> float:
    """Return the lowest share, over segments, of pairs of users that are predicted together.

    A segment of one user has no pair, so nothing of it is predicted: 0.

    Examples
    --------
    >>> prediction_strength(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]))
    0.3333333333333333
    """
    shared = _crossed(labels, predicted, labels.max() + 1)
    sizes = shared.sum(axis=1)
    together = (shared * (shared - 1)).sum(axis=1)
    present = sizes > 0
    return float((together[present] / np.maximum(sizes * (sizes - 1), 1)[present]).min())


class _Models:
    """Segmentations of one set of users, learned from the beginning, one for each k."""

    def __init__(
        self,
        values: np.ndarray,
        config: SegmentationConfig,
        *,
        seed: int,
        stretch: np.ndarray | None,
    ) -> None:
        self.values = values
        self._config, self._seed = config, seed
        self._preparation = learn_preparation(
            values,
            clipping_quantile=config.clipping_quantile,
            explained_variance=config.explained_variance,
            stretch=stretch,
        )
        self._points = self._preparation.apply(values)
        # A resample may hold fewer different users than segments are asked for.
        self._most_segments = count_distinct(self._points)
        self._fitted: dict[int, Segmentation] = {}

    def points(self, values: np.ndarray) -> np.ndarray:
        """Return other users on the components of these."""
        return self._preparation.apply(values)

    def fit(self, k: int) -> Segmentation:
        """Return the segments of these users."""
        if k not in self._fitted:
            self._fitted[k] = fit_segments(
                self._points,
                min(k, self._most_segments),
                restart_count=self._config.restart_count,
                random_seed=(self._config.random_seed + self._seed) % 2**32,
                start_rows=_START_ROWS,
            )
        return self._fitted[k]

    def labels(self, k: int, points: np.ndarray) -> np.ndarray:
        """Label other users, given on the components of these, by the nearest centroid."""
        return nearest(points, self.fit(k).centroids)


def nearest(points: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return the place of the nearest centroid of each point; of equally near ones the first."""
    # The square of the point itself is the same for all centroids and is left out.
    return ((centroids**2).sum(axis=1) - 2 * points @ centroids.T).argmin(axis=1)


def _crossed(first: np.ndarray, second: np.ndarray, first_count: int) -> np.ndarray:
    """Count users by their label in both, shape (first_count, number of second labels)."""
    second_count = int(second.max()) + 1
    counts = np.bincount(first * second_count + second, minlength=first_count * second_count)
    return counts.reshape(first_count, second_count)


def _draw(row_count: int, most: int, seed: Sequence[int]) -> np.ndarray:
    """Return the places of at most `most` rows, ascending."""
    if row_count <= most:
        return np.arange(row_count)
    return np.sort(np.random.default_rng(seed).choice(row_count, most, replace=False))
