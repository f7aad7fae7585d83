"""How certain a rate and a mean are."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.stats import binomtest, skew, t

#: Fewer users who spent anything say nothing about how the others spend.
LEAST_SPENDERS = 10


@dataclass(frozen=True)
class Interval:
    """An estimate and the interval that covers the true figure with the given confidence.

    The limits are None where the data do not tell them; all three are where nothing was measured.
    """

    estimate: float | None
    lower: float | None
    upper: float | None


def rate_interval(successes: int, count: int, *, confidence: float = 0.95) -> Interval:
    """Return a rate with its Wilson (1927) interval, which holds for few users and rates near 0.

    Examples
    --------
    >>> found = rate_interval(0, 10)
    >>> found.estimate, found.lower, round(found.upper, 4)
    (0.0, 0.0, 0.2775)
    """
    if count == 0:
        return Interval(None, None, None)
    limits = binomtest(successes, count).proportion_ci(confidence, method="wilson")
    return Interval(successes / count, max(float(limits.low), 0.0), min(float(limits.high), 1.0))


def mean_interval(values: np.ndarray, *, confidence: float = 0.95) -> Interval:
    """Return a mean with an interval that allows for a long tail, as revenue has.

    The usual interval lies too low for skewed values. Hall (1992) removes the first-order effect of
    the skewness by a monotone cubic transformation of the studentised mean. How far the deviation
    itself can be relied on depends on those who spent, not on the many zeros: the quantile is
    Student's, with one degree of freedom for each spender but one. There is nothing to resample, so
    no seed, and the order of the rows does not matter. `benchmarks/results/coverage.md` says
    how often it covers the mean of real and synthetic spending, beside the bootstrap.

    Parameters
    ----------
    values : finite float array of shape (n_users,)

    Returns
    -------
    Interval
        Without limits below `LEAST_SPENDERS` values other than 0, and where all are equal: such
        values do not tell how others spread. No limit lies beyond what is possible: where nobody
        spent less than nothing, the lower one is at least 0.

    Examples
    --------
    >>> found = mean_interval(np.array([0.0, 0.0, 0.0, 10.0] * 10))
    >>> found.estimate, round(found.lower, 2), round(found.upper, 2)
    (2.5, 1.13, 4.38)
    """
    # The smallest first: a sum of floats depends on their order.
    values = np.sort(np.asarray(values, float))
    count, spender_count = len(values), int(np.count_nonzero(values))
    if not count:
        return Interval(None, None, None)
    mean = float(values.mean())
    deviation = float(values.std(ddof=1)) if count > 1 else 0.0
    is_constant = deviation <= 1e-12 * float(abs(values).max())
    if spender_count < LEAST_SPENDERS or is_constant:
        return Interval(mean, None, None)
    error, tilt = deviation / sqrt(count), float(skew(values)) / sqrt(count)
    quantile = float(t.ppf(0.5 + confidence / 2, spender_count - 1))
    lower = mean - error * _untransformed(quantile, tilt)
    upper = mean - error * _untransformed(-quantile, tilt)
    return Interval(mean, max(lower, min(0.0, float(values[0]))), upper)


def _untransformed(quantile: float, tilt: float) -> float:
    """Invert Hall's t + a t^2 / 3 + a^2 t^3 / 27 + a / 6, where a is the skewness / sqrt(count)."""
    if abs(tilt) < 1e-9:
        return quantile
    return float(3 / tilt * (np.cbrt(1 + tilt * (quantile - tilt / 6)) - 1))
