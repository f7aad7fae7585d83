"""How good a number of segments is: one figure a criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import silhouette_score

from ml.segmentation import Segmentation


@dataclass(frozen=True)
class Evaluation:
    """What was measured for one number of segments `k`."""

    k: int
    inertia: float
    silhouette: float
    smallest_share: float


def evaluate(
    points: np.ndarray, segmentation: Segmentation, *, sample_rows: int, random_seed: int
) -> Evaluation:
    """Measure one solution.

    Parameters
    ----------
    points : float array of shape (n_users, n_components)
    segmentation : Segmentation
        Of the same users.
    sample_rows : int
        Users on which the silhouette (Rousseeuw 1987) is computed: its cost is quadratic.
    """
    rows = np.arange(len(points))
    if len(points) > sample_rows:
        chosen = np.random.default_rng(random_seed).choice(len(points), sample_rows, replace=False)
        rows = np.sort(chosen)
    labels = segmentation.labels[rows]
    # A sample may miss all but one segment; then nothing is separated.
    is_separable = 1 < len(np.unique(labels)) < len(labels)
    return Evaluation(
        k=len(segmentation.centroids),
        inertia=segmentation.inertia,
        silhouette=float(silhouette_score(points[rows], labels)) if is_separable else 0.0,
        smallest_share=segmentation.smallest_share,
    )


def knee_distances(inertias: np.ndarray) -> np.ndarray:
    """Return how far each inertia lies below the straight line from the first to the last.

    Both axes are scaled to [0, 1]; the largest distance is the knee (Satopaa et al. 2011).

    Parameters
    ----------
    inertias : float array of shape (n_candidates,)
        In the order of k.

    Examples
    --------
    >>> knee_distances(np.array([10.0, 2.0, 1.0, 0.0])).round(2).tolist()
    [0.0, 0.47, 0.23, 0.0]
    """
    if len(inertias) < 3 or inertias[0] <= inertias[-1]:
        return np.zeros(len(inertias))
    height = (inertias - inertias[-1]) / (inertias[0] - inertias[-1])
    line = 1 - np.arange(len(inertias)) / (len(inertias) - 1)
    return line - height
