"""Users like the real ones in everything but segments: what a segmentation has to beat.

A silhouette near 0.5 and stable labels prove nothing; one continuous level of activity gives both.
The null keeps what such a continuum has, the distribution of every feature and how features go up
and down together, and nothing else: a Gaussian copula (Nelsen 2006). What K-Means finds beyond
what it finds there is structure that single features and their rank correlations do not explain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

# The correlations settle within about five rounds; where the features contradict the copula, more
# rounds do not help.
_ROUNDS = 12
# Below this, an eigenvalue of a correlation matrix is taken for 0.
_SMALLEST_EIGENVALUE = 1e-6


@dataclass(frozen=True)
class NullModel:
    """A Gaussian copula with the margins of real users.

    `sorted_values` has the shape (n_users, n_features), each column ascending; `root` (n_features,
    n_features) turns independent normal numbers into correlated ones; `correlations` are the rank
    correlations (Spearman) of the users, and `correlation_error` the largest difference from them
    on the numbers that the copula was fitted on.
    """

    sorted_values: np.ndarray
    root: np.ndarray
    correlations: np.ndarray
    correlation_error: float

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Return as many users as the null was learned from, shape (n_users, n_features).

        Every column holds exactly the real values, in another order.
        """
        places = _ranks(rng.standard_normal(self.sorted_values.shape) @ self.root.T)
        return np.take_along_axis(self.sorted_values, places, axis=0)

    def deviation_of(self, drawn: np.ndarray) -> float:
        """Return the largest difference between a rank correlation of a draw and of the users."""
        found = _correlations(np.apply_along_axis(rankdata, 0, drawn))
        return float(np.abs(found - self.correlations).max())


def learn_null(values: np.ndarray, *, random_seed: int) -> NullModel:
    """Fit the copula to the rank correlations of the users.

    Ties (many users have no order at all) weaken rank correlations, so the correlations of the
    copula are corrected until those of its draws are the users', as nearly as a copula can: where
    one feature is 0 whenever another is, no Gaussian copula follows entirely.

    Parameters
    ----------
    values : finite float array of shape (n_users, n_features)
        As the model reads them, before bounds and scaling.
    random_seed : int
        Of the normal numbers on which the correction is computed.

    Examples
    --------
    >>> values = np.column_stack([np.arange(200.0), np.arange(200.0) ** 2])
    >>> null = learn_null(values, random_seed=1)
    >>> drawn = null.draw(np.random.default_rng(2))
    >>> bool((np.sort(drawn, axis=0) == values).all())
    True
    """
    sorted_values = np.sort(values, axis=0)
    mid_ranks = np.apply_along_axis(rankdata, 0, sorted_values)
    wanted = _correlations(np.apply_along_axis(rankdata, 0, values))
    normal = np.random.default_rng(random_seed).standard_normal(values.shape)
    latent = 2 * np.sin(np.pi / 6 * wanted)
    best_root, best_error = np.eye(values.shape[1]), np.inf
    for _ in range(_ROUNDS):
        root = _root_of_nearest_correlations(latent)
        drawn = np.take_along_axis(mid_ranks, _ranks(normal @ root.T), axis=0)
        missing = wanted - _correlations(drawn)
        error = float(np.abs(missing).max())
        if error < best_error:
            best_root, best_error = root, error
        latent = np.clip(latent + missing, -1, 1)
    return NullModel(sorted_values, best_root, wanted, best_error)


def _ranks(columns: np.ndarray) -> np.ndarray:
    """Return the place of every value in its column, from 0."""
    order = np.argsort(columns, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(len(columns))[:, None], axis=0)
    return ranks


def _correlations(columns: np.ndarray) -> np.ndarray:
    """Return the correlations of the columns; a constant column correlates with nothing."""
    centred = columns - columns.mean(axis=0)
    lengths = np.sqrt((centred**2).sum(axis=0))
    scaled = centred / np.where(lengths > 0, lengths, 1)
    correlations = scaled.T @ scaled
    np.fill_diagonal(correlations, 1.0)
    return correlations


def _root_of_nearest_correlations(matrix: np.ndarray) -> np.ndarray:
    """Return a root of the nearest correlation matrix, by clipping eigenvalues (Higham 2002)."""
    eigenvalues, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    root = vectors * np.sqrt(np.maximum(eigenvalues, _SMALLEST_EIGENVALUE))
    return root / np.sqrt((root**2).sum(axis=1, keepdims=True))
