"""How good each number of segments is: every figure that argues for or against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from ml.choice_of_k.gain import Gain, measure_gains, separations
from ml.choice_of_k.stability import Stability, bootstrap_stability, prediction_strengths
from ml.model.config import SegmentationConfig
from ml.model.segmentation import Segmentation


@dataclass(frozen=True)
class Evaluation:
    """What was measured for one number of segments `k`.

    `calinski_harabasz` and `davies_bouldin` are those of Calinski and Harabasz (1974) and of Davies
    and Bouldin (1979), on all users; the others are explained in `silhouettes`, `stability`, `gain`
    and `out_of_time`, beside this. `out_of_time_value` is None where no month followed a snapshot;
    `is_stretched` tells that the users were compared along a value axis (`ml.model.value_axis`).
    """

    k: int
    inertia: float
    silhouette: float
    calinski_harabasz: float
    davies_bouldin: float
    prediction_strength: float
    stability: Stability
    gain: Gain
    smallest_share: float
    out_of_time_value: float | None = None
    is_stretched: bool = False

    @property
    def smallest_jaccard(self) -> float:
        """Bootstrap Jaccard index of the segment that comes back worst."""
        return float(self.stability.jaccards.min())

    def figures(self) -> dict[str, float]:
        """Return every figure that there is by the name of its criterion."""
        figures = {
            "inertia": self.inertia,
            "silhouette": self.silhouette,
            "calinski_harabasz": self.calinski_harabasz,
            "davies_bouldin": self.davies_bouldin,
            "prediction_strength": self.prediction_strength,
            "adjusted_rand": self.stability.adjusted_rand,
            "smallest_jaccard": self.smallest_jaccard,
            "silhouette_gain": self.gain.silhouette,
            "silhouette_gain_error": self.gain.silhouette_error,
            "inertia_gain": self.gain.inertia,
            "inertia_gain_error": self.gain.inertia_error,
            "smallest_share": self.smallest_share,
        }
        if self.out_of_time_value is not None:
            figures["out_of_time_value"] = self.out_of_time_value
        return figures


def evaluate(
    values: np.ndarray,
    points: np.ndarray,
    solutions: Mapping[int, Segmentation],
    config: SegmentationConfig,
    *,
    out_of_time: Mapping[int, float] | None = None,
    stretch: np.ndarray | None = None,
) -> tuple[Evaluation, ...]:
    """Measure every solution.

    Parameters
    ----------
    values : float array of shape (n_users, n_features)
        As the model reads them, before bounds and scaling: repetitions learn everything afresh.
    points : float array of shape (n_users, n_components)
        The same users, where K-Means works.
    solutions : mapping from k to Segmentation
        Of the same users, in the order of k.
    out_of_time : mapping from k to float, optional
        The out-of-time value of each number, see `ml.choice_of_k.out_of_time`; a k without one is
        left out.
    stretch : float array of shape (n_features, n_features), optional
        That of the model, see `ml.model.value_axis`.

    Returns
    -------
    tuple of Evaluation
        In the order of k.
    """
    labelings = {k: solution.labels for k, solution in solutions.items()}
    found = separations(points, solutions, _sample(len(points), config))
    strengths = prediction_strengths(values, list(solutions), config, stretch=stretch)
    stabilities = bootstrap_stability(values, labelings, config, stretch=stretch)
    gains = measure_gains(values, found, config, component_count=points.shape[1], stretch=stretch)
    return tuple(
        Evaluation(
            k=k,
            inertia=solution.inertia,
            silhouette=found[k].silhouette,
            calinski_harabasz=float(calinski_harabasz_score(points, solution.labels)),
            davies_bouldin=float(davies_bouldin_score(points, solution.labels)),
            prediction_strength=strengths[k],
            stability=stabilities[k],
            gain=gains[k],
            smallest_share=solution.smallest_share,
            out_of_time_value=(out_of_time or {}).get(k),
            is_stretched=stretch is not None,
        )
        for k, solution in solutions.items()
    )


def _sample(user_count: int, config: SegmentationConfig) -> np.ndarray:
    """Return the places of the users on whom the silhouette is computed."""
    rng = np.random.default_rng(config.random_seed)
    count = min(user_count, config.silhouette_rows)
    return np.sort(rng.choice(user_count, count, replace=False))


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
