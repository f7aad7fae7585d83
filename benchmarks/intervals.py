"""Intervals for a mean that were tried beside the one of `ml.outcomes.intervals`."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
from scipy.stats import norm, skew, t

from ml.outcomes.intervals import mean_interval

RESAMPLE_COUNT = 499
_QUANTILE = 0.975
Limits = tuple[float, float]


def student(values: np.ndarray, _rng: np.random.Generator) -> Limits:
    """The usual interval: Student's quantile and the standard error."""
    error = values.std(ddof=1) / sqrt(len(values))
    quantile = t.ppf(_QUANTILE, len(values) - 1)
    return values.mean() - quantile * error, values.mean() + quantile * error


def hall(values: np.ndarray, _rng: np.random.Generator) -> Limits:
    """Hall's (1992) transformation with the normal quantile."""
    error, tilt = values.std(ddof=1) / sqrt(len(values)), skew(values) / sqrt(len(values))

    def limit(quantile: float) -> float:
        return values.mean() - error * 3 / tilt * (
            np.cbrt(1 + tilt * (quantile - tilt / 6)) - 1
        )  # fmt: skip

    return limit(norm.ppf(_QUANTILE)), limit(-norm.ppf(_QUANTILE))


def chosen(values: np.ndarray, _rng: np.random.Generator) -> Limits:
    """The interval of the project: Hall's, with Student's quantile by the number of spenders."""
    found = mean_interval(values)
    return (-np.inf if found.lower is None else found.lower), (found.upper or np.inf)


def bootstrap_t(values: np.ndarray, rng: np.random.Generator) -> Limits:
    """The studentised mean of resamples in place of Student's distribution (Efron 1982)."""
    means, deviations = _resampled(values, rng)
    mean, size = values.mean(), len(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        studentised = np.sort((means - mean) / (deviations / sqrt(size)))
    error = values.std(ddof=1) / sqrt(size)
    return mean - _at(studentised, _QUANTILE) * error, mean - _at(studentised, 0.025) * error


def bca(values: np.ndarray, rng: np.random.Generator) -> Limits:
    """Percentiles of resampled means, corrected for bias and skewness (Efron 1987)."""
    means = np.sort(_resampled(values, rng)[0])
    below = (np.mean(means < values.mean()) + np.mean(means <= values.mean())) / 2
    bias = norm.ppf(np.clip(below, 1 / RESAMPLE_COUNT, 1 - 1 / RESAMPLE_COUNT))
    acceleration = skew(values) / (6 * sqrt(len(values)))

    def limit(share: float) -> float:
        shifted = bias + norm.ppf(share)
        return _at(means, norm.cdf(bias + shifted / (1 - acceleration * shifted)))

    return limit(0.025), limit(_QUANTILE)


#: In the order of the columns.
METHODS: dict[str, Callable[[np.ndarray, np.random.Generator], Limits]] = {
    "Student": student,
    "BCa": bca,
    "bootstrap-t": bootstrap_t,
    "Hall": hall,
    "Hall, spenders": chosen,
}


def _resampled(values: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return means and deviations of resamples; of zeros, only how many there are is drawn."""
    size, spent = len(values), values[values != 0]
    counts = rng.binomial(size, len(spent) / size, RESAMPLE_COUNT)
    drawn = np.concatenate([[0.0], spent[rng.integers(0, len(spent), counts.sum())]])
    ends = np.cumsum(counts)
    totals, squares = (np.diff(np.cumsum(drawn**power)[ends], prepend=0.0) for power in (1, 2))
    means = totals / size
    variances = np.maximum(squares / size - means**2, 0) * size / (size - 1)
    return means, np.sqrt(variances)


def _at(ordered: np.ndarray, share: float) -> float:
    place = round(share * (len(ordered) + 1)) - 1
    return float(ordered[min(max(place, 0), len(ordered) - 1)])
