"""Importance: which features set a segment apart from the average user."""

from __future__ import annotations

import numpy as np


def feature_importance(centroids: np.ndarray, components: np.ndarray) -> np.ndarray:
    """Return the share of each feature in a segment's distance from the average user.

    The model measures distances on the kept principal components of standardised features, where
    the average user is the origin. A centroid, taken back to the features, is the vector of mean
    differences that the model sees, in standard deviations; because the axes are orthonormal, the
    squares of its entries add up to the squared distance of the centroid. Divided by it they say
    how much of the distance each feature makes up. Weighted with the sizes of the segments, the
    squares add up to the sum of squares between segments, which is what K-Means maximises (Lebart,
    Morineau and Piron 1995). Nothing is sampled or permuted: the figures are exact, and the same
    every time.

    Features that go together share what they explain, as they do in the model. Where the features
    are stretched along a value axis (`ml.model.value_axis`), their differences are those after it.

    Parameters
    ----------
    centroids : float array of shape (k, n_components)
    components : float array of shape (n_components, n_features)
        Orthonormal rows.

    Returns
    -------
    float array of shape (k, n_features)
        Each row adds up to 1. A segment at the origin differs in nothing: all features alike.

    Examples
    --------
    >>> feature_importance(np.array([[3.0, -1.0], [0.0, 2.0]]), np.eye(2)).tolist()
    [[0.9, 0.1], [0.0, 1.0]]
    """
    squares = (centroids @ components) ** 2
    totals = squares.sum(axis=1, keepdims=True)
    alike = np.full_like(squares, 1 / squares.shape[1])
    # Below the square of the rounding of a distance there is no direction.
    return np.divide(squares, totals, out=alike, where=totals > 1e-18)
