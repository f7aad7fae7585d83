"""Principal components, and K-Means for one number of segments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

# Starts are compared on this many users; the best one is then refined on all.
# How much more variance within segments than the best cut leaves the former one may leave.
FORMER_EXCESS = 0.02
START_ROWS = 20_000
_NO_LOADING = 1e-12


@dataclass(frozen=True)
class Components:
    """The kept principal axes of standardised features.

    `axes` has the shape (n_components, n_features), `explained_variance_ratios` (n_features,): of
    all components, kept or not, largest first.
    """

    axes: np.ndarray
    explained_variance_ratios: np.ndarray

    def project(self, scaled: np.ndarray) -> np.ndarray:
        """Return the coordinates on the axes, shape (n_users, n_components)."""
        return scaled @ self.axes.T


@dataclass(frozen=True)
class Segmentation:
    """One K-Means solution: centroids (k, n_components), labels (n_users,), inertia."""

    centroids: np.ndarray
    labels: np.ndarray
    inertia: float

    @property
    def smallest_share(self) -> float:
        """Share of the users in the smallest segment."""
        return float(np.bincount(self.labels).min() / len(self.labels))


def count_distinct(points: np.ndarray) -> int:
    """Count points that differ, in standard deviations, by more than rounding.

    A product of matrices may give equal rows coordinates that differ in the last bit.

    Examples
    --------
    >>> count_distinct(np.array([[1.0], [1.0 + 1e-15], [2.0]]))
    2
    """
    return len(np.unique(points.round(9), axis=0))


def learn_components(scaled: np.ndarray, *, explained_variance: float) -> Components:
    """Keep the fewest components that explain at least this share of the variance.

    Standardised features have mean 0, so the axes go through the origin and projecting is a product
    of matrices, in scikit-learn as in SQL.

    Examples
    --------
    >>> line = np.array([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]])
    >>> learn_components(line, explained_variance=0.9).axes.round(3).tolist()
    [[0.707, 0.707]]
    """
    pca = PCA(svd_solver="covariance_eigh").fit(scaled)
    # A constant has no part in any axis that explains something, but for rounding.
    loadings = np.where(np.abs(pca.components_) < _NO_LOADING, 0.0, pca.components_)
    ratios = pca.explained_variance_ratio_
    # The sum may fall short of 1 by rounding when every component is asked for.
    reached = np.cumsum(ratios) >= explained_variance - 1e-9
    count = int(np.argmax(reached)) + 1 if reached.any() else len(ratios)
    return Components(loadings[:count], ratios)


def fit_segments(
    points: np.ndarray,
    k: int,
    *,
    restart_count: int,
    random_seed: int,
    start_rows: int = START_ROWS,
) -> Segmentation:
    """Find k segments with K-Means (Lloyd 1982; k-means++ starts, Arthur and Vassilvitskii 2007).

    Many starts are tried on at most `start_rows` users and the best is refined on all: ten full
    fits on 200,000 users take ten times as long and end in the same place.

    Parameters
    ----------
    points : float array of shape (n_users, n_components)
    k : int
        At most the number of distinct points.
    """
    sample = points
    if len(points) > start_rows:
        chosen = np.random.default_rng(random_seed).choice(len(points), start_rows, replace=False)
        drawn = points[np.sort(chosen)]
        # A draw from many equal users may hold fewer different ones than there are segments.
        sample = drawn if count_distinct(drawn) >= k else points
    start = KMeans(k, n_init=restart_count, random_state=random_seed).fit(sample)
    fitted = KMeans(k, init=start.cluster_centers_, n_init=1).fit(points)
    return Segmentation(fitted.cluster_centers_, fitted.labels_, float(fitted.inertia_))


def former_or_best(best: Segmentation, points: np.ndarray, former: np.ndarray) -> Segmentation:
    """Return what former segments become among these users, unless another cut is clearly better.

    People plan with segments, and of cuts that are nearly as good the one they know serves them
    best. K-Means from the centroids of the former labels may leave `FORMER_EXCESS` more variance
    within segments than the best cut does.

    Parameters
    ----------
    best : Segmentation
        The best of many starts.
    points : float array of shape (n_users, n_components)
    former : int array of shape (n_users,)
        The segments of an earlier model, any numbers; another count of them than `best` has is
        another question.
    """
    names, places = np.unique(former, return_inverse=True)
    if len(names) != len(best.centroids):
        return best
    sums = np.zeros_like(best.centroids)
    np.add.at(sums, places, points)
    means = sums / np.bincount(places)[:, None]
    fitted = KMeans(len(names), init=means, n_init=1).fit(points)
    continued = Segmentation(fitted.cluster_centers_, fitted.labels_, float(fitted.inertia_))
    return continued if continued.inertia <= (1 + FORMER_EXCESS) * best.inertia else best
