"""What stands between features and K-Means: bounds, standard deviations, value axis, components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ml.model.scaling import Scaling, learn_scaling
from ml.model.segmentation import Components, learn_components

# Standard deviations; a constant may keep a difference of rounding.
_ALIKE = 1e-9


@dataclass(frozen=True)
class Preparation:
    """Scaling and components, learned from the same users, and what stretches between them.

    `stretch` is that of a `ml.model.value_axis.ValueAxis`, None for no stretching.
    """

    scaling: Scaling
    components: Components
    stretch: np.ndarray | None = None

    @property
    def projection(self) -> np.ndarray:
        """Stretch and axes as one matrix of shape (n_components, n_features)."""
        axes = self.components.axes
        return axes if self.stretch is None else axes @ self.stretch

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Return points of shape (n_users, n_components) for values (n_users, n_features)."""
        return self.scaling.apply(values) @ self.projection.T


def learn_preparation(
    values: np.ndarray,
    *,
    clipping_quantile: float,
    explained_variance: float,
    component_count: int | None = None,
    stretch: np.ndarray | None = None,
) -> Preparation:
    """Learn the preparation of one set of users.

    Parameters
    ----------
    values : finite float array of shape (n_users, n_features)
    clipping_quantile, explained_variance : float
        As in `ml.model.config.SegmentationConfig`.
    component_count : int, optional
        Keep so many components, whatever they explain: silhouettes and inertias of two sets of
        users can be compared only in spaces of the same dimension.
    stretch : float array of shape (n_features, n_features), optional
        See `ml.model.value_axis`.
    """
    scaling = learn_scaling(values, clipping_quantile=clipping_quantile)
    scaled = scaling.apply(values)
    if stretch is not None:
        scaled = scaled @ stretch
    if np.ptp(scaled, axis=0).max() < _ALIKE:
        # A small resample may hold one user again and again: no axis explains anything.
        return Preparation(scaling, Components(np.eye(values.shape[1])[:1], np.zeros(0)), stretch)
    wanted = explained_variance if component_count is None else 1.0
    components = learn_components(scaled, explained_variance=wanted)
    if component_count is not None:
        ratios = components.explained_variance_ratios
        components = Components(components.axes[:component_count], ratios)
    return Preparation(scaling, components, stretch)
