"""The difference of two rates over strata, with an interval that holds for few and rare buyers."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

_STEP = 1e-9
# Where nothing varies, any difference is certain.
_BEYOND = 1e9


def rate_difference(
    successes: np.ndarray, counts: np.ndarray, *, confidence: float = 0.95
) -> tuple[float, float, float, float]:
    """Return the difference of two rates, its limits, and how many errors it lies from 0.

    The score interval of Miettinen and Nurminen (1985), section 4: all differences that a test
    which knows nothing else would not reject. Every stratum counts by its share of the people, so
    that the difference is the one among all of them. It holds where the interval that is usually
    taught does not: few people, few buyers, none at all.

    Parameters
    ----------
    successes, counts : int arrays of shape (n_strata, 2)
        Treated first, then the control; at least one of each in every stratum.
    confidence : float

    Returns
    -------
    difference, lower, upper, errors : float
        Treated less control. `errors` is the statistic of the test of no difference: beyond 1.96,
        95 of 100 intervals leave out 0.

    Examples
    --------
    >>> found = rate_difference(np.array([[60, 20]]), np.array([[500, 500]]))
    >>> [round(value, 4) for value in found]
    [0.08, 0.0474, 0.1148, 4.6602]
    """
    found = _difference(np.asarray(successes, float), np.asarray(counts, float))
    quantile = float(norm.ppf(0.5 + confidence / 2))

    def limit(level: float, lower: float, upper: float) -> float:
        return _root(lambda one: errors_from(successes, counts, one) - level, lower, upper)

    return (
        found,
        limit(quantile, -1 + _STEP, found),
        limit(-quantile, found, 1 - _STEP),
        errors_from(successes, counts, 0.0),
    )


def errors_from(successes: np.ndarray, counts: np.ndarray, difference: float) -> float:
    """Return how many errors the difference of two rates lies from one that it might be.

    Examples
    --------
    >>> round(errors_from(np.array([[60, 20]]), np.array([[500, 500]]), 0.0), 4)
    4.6602
    """
    counts, successes = np.asarray(counts, float), np.asarray(successes, float)
    weights = counts.sum(axis=1) / counts.sum()
    variance = float(weights**2 @ _variances(successes, counts, difference))
    distance = _difference(successes, counts) - difference
    if variance > 0:
        return distance / sqrt(variance)
    return float(np.sign(distance)) * _BEYOND if distance else 0.0


def _difference(successes: np.ndarray, counts: np.ndarray) -> float:
    weights = counts.sum(axis=1) / counts.sum()
    return float(weights @ np.subtract(*(successes / counts).T))


def _root(excess: Callable[[float], float], lower: float, upper: float) -> float:
    """Return where a falling function is 0, or the end that it does not reach."""

    if excess(lower) <= 0:
        return lower
    if excess(upper) >= 0:
        return upper
    return float(brentq(excess, lower, upper, xtol=1e-9))


def _variances(successes: np.ndarray, counts: np.ndarray, difference: float) -> np.ndarray:
    """Return the variance of the difference in each stratum, as if it were this one.

    The rates are the likeliest of all pairs that differ so much: a cubic equation, whose root in
    [0, 1] Miettinen and Nurminen write down.
    """
    total, hits = counts.sum(axis=1), successes.sum(axis=1)
    treated, control = counts.T
    second = (treated + 2 * control) * difference - total - hits
    first = (control * difference - total - 2 * successes[:, 1]) * difference + hits
    zeroth = successes[:, 1] * difference * (1 - difference)
    scaled = second / (3 * total)
    cubic = scaled**3 - first * second / (6 * total**2) + zeroth / (2 * total)
    size = np.sign(cubic) * np.sqrt(np.maximum(scaled**2 - first / (3 * total), 0.0))
    ratio = np.divide(cubic, size**3, out=np.zeros_like(cubic), where=size != 0)
    angle = (np.pi + np.arccos(np.clip(ratio, -1, 1))) / 3
    base = 2 * size * np.cos(angle) - scaled
    base = np.clip(base, max(0.0, -difference), min(1.0, 1 - difference))
    raised = np.clip(base + difference, 0.0, 1.0)
    spread = raised * (1 - raised) / treated + base * (1 - base) / control
    return spread * total / np.maximum(total - 1, 1)
