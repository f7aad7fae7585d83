"""How much more a number of segments finds in the users than in users without segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ml.choice_of_k.null_model import learn_null
from ml.choice_of_k.silhouettes import mean_silhouettes
from ml.model.config import SegmentationConfig
from ml.model.preparation import learn_preparation
from ml.model.segmentation import Segmentation, count_distinct, fit_segments

_STREAM = 3
# Starts of K-Means are compared on this many users of a draw, silhouettes computed on that many.
# With the 20,000 that the users' own fit has no gain moves by more than 0.005.
_START_ROWS = 2_000
_SILHOUETTE_ROWS = 3_000
_NOTHING = 1e-12


class Separation(NamedTuple):
    """How far segments are apart: mean silhouette, and share of the variance within segments."""

    silhouette: float
    share_within: float


@dataclass(frozen=True)
class Gain:
    """What one k gains over users without segments.

    `silhouette` is the mean silhouette minus its mean over the draws of the null. `inertia` is how
    much smaller the share of the variance that stays within segments is, in logarithms: the gap of
    Tibshirani, Walther and Hastie (2001) with this null. Each error is the standard deviation
    between draws times sqrt(1 + 1 / draws), as in their paper. `correlation_error`, the same for
    every k, is how far a rank correlation of a draw is from that of the users at the most.
    """

    silhouette: float
    silhouette_error: float
    inertia: float
    inertia_error: float
    correlation_error: float = float("nan")


def separations(
    points: np.ndarray, solutions: Mapping[int, Segmentation], rows: np.ndarray
) -> dict[int, Separation]:
    """Measure solutions of the same users, the silhouette on the users at `rows`.

    Parameters
    ----------
    points : float array of shape (n_users, n_components)
    solutions : mapping from k to Segmentation
    rows : int array
        Places of the users on whom the silhouette is computed: its cost is quadratic.
    """
    total = float(((points - points.mean(axis=0)) ** 2).sum())
    labelings = [solution.labels[rows] for solution in solutions.values()]
    silhouettes = mean_silhouettes(points[rows], labelings)
    # Where all users sit on their centroids, or all on one place, no share is left to compare.
    return {
        k: Separation(silhouette, max(solution.inertia, _NOTHING) / max(total, _NOTHING))
        for (k, solution), silhouette in zip(solutions.items(), silhouettes, strict=True)
    }


def measure_gains(
    values: np.ndarray,
    found: Mapping[int, Separation],
    config: SegmentationConfig,
    *,
    component_count: int,
    stretch: np.ndarray | None = None,
) -> dict[int, Gain]:
    """Compare what was found among the users with what is found among users without segments.

    Parameters
    ----------
    values : float array of shape (n_users, n_features)
        As the model reads them, before bounds and scaling; `config.resample_rows` of them, drawn at
        random, are what the null is learned from.
    found : mapping from k to Separation
        Of the segmentations that are to be judged.
    component_count : int
        Axes on which they were made: silhouettes compare only in spaces of one dimension.
    stretch : float array of shape (n_features, n_features), optional
        That of the model, see `ml.model.value_axis`: stretching alone is no structure.

    Returns
    -------
    dict from k to Gain
    """
    rng = np.random.default_rng([config.random_seed, _STREAM])
    count = min(len(values), config.resample_rows)
    users = values[np.sort(rng.choice(len(values), count, replace=False))]
    null = learn_null(users, random_seed=config.random_seed)
    drawn = [null.draw(rng) for _ in range(config.null_draw_count)]
    preparations = [
        learn_preparation(
            each,
            clipping_quantile=config.clipping_quantile,
            explained_variance=config.explained_variance,
            component_count=component_count,
            stretch=stretch,
        )
        for each in drawn
    ]
    draws = [
        _separations_of(preparation.apply(each), list(found), config)
        for preparation, each in zip(preparations, drawn, strict=True)
    ]
    error = max(null.deviation_of(each) for each in drawn)
    return {k: _gain(found[k], [draw[k] for draw in draws], error) for k in found}


def _gain(found: Separation, draws: Sequence[Separation], correlation_error: float) -> Gain:
    inertias = np.log([draw.share_within for draw in draws])
    silhouettes = np.array([draw.silhouette for draw in draws])
    widening = np.sqrt(1 + 1 / len(draws))
    return Gain(
        silhouette=float(found.silhouette - silhouettes.mean()),
        silhouette_error=float(silhouettes.std(ddof=1) * widening),
        inertia=float(inertias.mean() - np.log(found.share_within)),
        inertia_error=float(inertias.std(ddof=1) * widening),
        correlation_error=correlation_error,
    )


def _separations_of(
    points: np.ndarray, candidates: Sequence[int], config: SegmentationConfig
) -> dict[int, Separation]:
    """Segment users as the real ones are segmented, and measure how far the segments are apart."""
    most = count_distinct(points)
    solutions = {
        k: fit_segments(
            points,
            min(k, most),
            restart_count=config.restart_count,
            random_seed=config.random_seed,
            start_rows=_START_ROWS,
        )
        for k in candidates
    }
    # The order of drawn users means nothing, so the first ones are as good as any.
    return separations(points, solutions, np.arange(min(len(points), _SILHOUETTE_ROWS)))
