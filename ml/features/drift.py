"""Drift: whether a feature is still distributed as it was when the model was trained.

Bins are plain numbers, so that any SQL engine can count users into them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from ml.model.errors import SegmentationError

#: From here on a feature has to be watched, and from there on the model has to be looked at.
WATCH, ACT = 0.1, 0.25
#: What an empty bin counts as: a share of 0 has no logarithm. One user in ten thousand.
SMALLEST_SHARE = 1e-4

# What lies closer to the lowest or the highest value, in parts of it, is the same value.
_RESOLUTION = 1e-9


@dataclass(frozen=True)
class Bins:
    """Where the values of one feature were at training.

    `edges` (n_bins - 1,) ascend; the first bin holds the values up to the first edge, and so on:
    the place of a value is the number of edges below it. `shares` (n_bins,) add up to 1.
    """

    edges: np.ndarray
    shares: np.ndarray

    def shares_of(self, values: np.ndarray) -> np.ndarray:
        """Return the share of the values that each bin holds.

        The same in SQL (DuckDB), without a row leaving the warehouse::

            select len(list_filter(edges, lambda edge: value > edge)) as bin,
                   count(*) / sum(count(*)) over () as share
            from ... group by bin
        """
        places = np.searchsorted(self.edges, values, side="left")
        return np.bincount(places, minlength=len(self.edges) + 1) / max(len(values), 1)


@dataclass(frozen=True)
class Drift:
    """How far one feature has moved. Its level: 'stable', 'watch' or 'act'.

    `noise` is what chance alone exceeds once in twenty times between samples of these sizes: an
    index below it shows nothing, whatever its level.
    """

    feature: str
    index: float
    noise: float
    level: str


def learn_bins(values: np.ndarray, *, bin_count: int = 10) -> Bins:
    """Cut the values of the training sample at their quantiles.

    Equal values are never split. A value so frequent that it takes up a whole quantile (the zeros
    of a feature that most users lack) gets a bin of its own, so that a move to either side is seen;
    the other bins are then fewer. Edges lie halfway between two values that occur.

    Parameters
    ----------
    values : finite float array of shape (n_users,)
    bin_count : int
        Quantiles; ten is the custom.

    Raises
    ------
    SegmentationError
        Without values, or for one that is not a finite number.

    Examples
    --------
    >>> bins = learn_bins(np.array([0.0] * 8 + [1.0, 2.0]), bin_count=5)
    >>> bins.edges.tolist(), bins.shares.tolist()
    ([-1e-09, 0.5], [0.0, 0.8, 0.2])
    """
    values = np.asarray(values, float)
    if not len(values):
        raise SegmentationError("There are no values to learn bins from.")
    if not np.isfinite(values).all():
        wrong = int((~np.isfinite(values)).sum())
        raise SegmentationError(
            f"{wrong} of {len(values)} values to learn bins from are not numbers."
        )
    distinct, places = np.unique(values, return_inverse=True)
    # Quantiles that occur as values, by whole numbers: 3 / 10 is no exact double.
    last = (len(values) * np.arange(bin_count + 1) + bin_count - 1) // bin_count - 1
    at_quantiles = np.sort(places)[np.maximum(last, 0)]
    levels, times = np.unique(at_quantiles, return_counts=True)
    # The lowest and the highest value end no bin, unless they have one of their own.
    ends = levels[(times > 1) | ((levels > 0) & (levels < len(distinct) - 1))]
    between = _between(distinct)
    edges = np.unique(np.concatenate([between[ends + 1], between[levels[times > 1]]]))
    counted = Bins(edges, np.empty(0))
    return Bins(edges, counted.shares_of(values))


def _between(distinct: np.ndarray) -> np.ndarray:
    """Return the points halfway between neighbours, with one just outside at either end."""
    margins = _RESOLUTION * np.maximum(np.abs(distinct[[0, -1]]), 1)
    inner = (distinct[:-1] + distinct[1:]) / 2
    return np.concatenate([[distinct[0] - margins[0]], inner, [distinct[-1] + margins[1]]])


def psi(
    expected_shares: Sequence[float] | np.ndarray, observed_shares: Sequence[float] | np.ndarray
) -> float:
    """Return the population stability index of the shares now against those at training.

    ``sum((observed - expected) * ln(observed / expected))`` over the bins, where a share below
    `SMALLEST_SHARE` counts as that; in SQL::

        sum((greatest(observed, 0.0001) - greatest(expected, 0.0001))
            * ln(greatest(observed, 0.0001) / greatest(expected, 0.0001)))

    It is the symmetric divergence of Kullback and Leibler (1951) between the two histograms. The
    floor bounds what an empty bin adds: one that held a tenth of the users adds 0.69.

    Parameters
    ----------
    expected_shares, observed_shares : float array of shape (n_bins,)
        Of the same bins.

    Examples
    --------
    >>> round(psi([0.5, 0.5], [0.6, 0.4]), 4)
    0.0405
    """
    expected = np.maximum(np.asarray(expected_shares, float), SMALLEST_SHARE)
    observed = np.maximum(np.asarray(observed_shares, float), SMALLEST_SHARE)
    return float(((observed - expected) * np.log(observed / expected)).sum())


def psi_noise(bin_count: int, expected_count: int, observed_count: int) -> float:
    """Return the index that chance exceeds once in twenty times if nothing has changed.

    Between two samples of one population the index follows ``(1 / n + 1 / m)`` times a chi-square
    with one degree of freedom less than there are bins (Yurdakul and Naranjo 2020).

    Examples
    --------
    >>> round(psi_noise(10, 100, 100), 3), round(psi_noise(10, 100_000, 100_000), 5)
    (0.338, 0.00034)
    """
    if min(expected_count, observed_count) < 1:
        return float("inf")
    scale = 1 / expected_count + 1 / observed_count
    return float(scale * chi2.ppf(0.95, max(bin_count - 1, 1)))


def drift_level(index: float) -> str:
    """Return 'stable' below 0.1, 'watch' up to 0.25, 'act' above (Siddiqi 2006).

    Examples
    --------
    >>> drift_level(0.05), drift_level(0.1), drift_level(0.26)
    ('stable', 'watch', 'act')
    """
    if index < WATCH:
        return "stable"
    return "watch" if index <= ACT else "act"


def measure_drift(
    bins: Mapping[str, Bins],
    observed_shares: Mapping[str, np.ndarray],
    *,
    expected_count: int,
    observed_count: int,
) -> tuple[Drift, ...]:
    """Compare every feature with its bins, the one that moved most first.

    Parameters
    ----------
    bins : mapping from feature to Bins
        Learned at training.
    observed_shares : mapping from feature to float array of shape (n_bins,)
        Of the users now, in those bins.
    expected_count, observed_count : int
        Users then and now.
    """
    found = []
    for feature, learned in bins.items():
        index = psi(learned.shares, observed_shares[feature])
        # Bins that are empty on both sides move by nothing.
        used = int(np.count_nonzero((learned.shares > 0) | (observed_shares[feature] > 0)))
        noise = psi_noise(used, expected_count, observed_count)
        found.append(Drift(feature, index, noise, drift_level(index)))
    return tuple(sorted(found, key=lambda drift: (-drift.index, drift.feature)))
