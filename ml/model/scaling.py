"""Caps on outliers and standardisation: what makes features comparable."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Scaling:
    """Caps, means and scales, each a float array of shape (n_features,).

    A feature without spread between its bounds is constant: it has the scale 1 and no part in a
    model.
    """

    lower_bounds: np.ndarray
    upper_bounds: np.ndarray
    means: np.ndarray
    scales: np.ndarray

    @property
    def is_constant(self) -> np.ndarray:
        """Bool array of shape (n_features,): which features are the same for everybody."""
        # A constant's deviation is rarely an exact 0 after rounding.
        largest = np.maximum(np.abs(self.lower_bounds), np.abs(self.upper_bounds))
        return self.upper_bounds - self.lower_bounds <= 1e-12 * np.maximum(largest, 1)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Cap and standardise.

        Parameters
        ----------
        values : float array of shape (n_users, n_features)

        Returns
        -------
        float array of the same shape, in standard deviations.
        """
        clipped = np.clip(values, self.lower_bounds, self.upper_bounds)
        return (clipped - self.means) / self.scales


def learn_scaling(values: np.ndarray, *, clipping_quantile: float) -> Scaling:
    """Learn bounds at the `clipping_quantile` and its complement, then mean and deviation.

    Outliers are clipped, never dropped: a wholesaler is a customer and gets a segment, but must not
    move the mean of everybody. A constant feature gets the scale 1 and so contributes nothing.

    Parameters
    ----------
    values : finite float array of shape (n_users, n_features)
    clipping_quantile : float in [0, 0.5)

    Examples
    --------
    >>> scaling = learn_scaling(np.array([[0.0], [1.0], [2.0]]), clipping_quantile=0.0)
    >>> scaling.apply(np.array([[1.0], [99.0]])).round(3).tolist()
    [[0.0], [1.225]]
    """
    lower, upper = np.quantile(values, [clipping_quantile, 1 - clipping_quantile], axis=0)
    clipped = np.clip(values, lower, upper)
    deviations = clipped.std(axis=0)
    scaling = Scaling(lower, upper, clipped.mean(axis=0), deviations)
    return replace(scaling, scales=np.where(scaling.is_constant, 1.0, deviations))
