"""What a campaign has to know beforehand: the rate to beat, its certainty, the size of a test.

Everything rests on what was measured; no response to a campaign is ever assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isnan, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binomtest, norm, skew

ALPHA, POWER = 0.05, 0.80


@dataclass(frozen=True)
class Interval:
    """An estimate and the interval that covers the true figure with the given confidence.

    All three are None where nothing was measured.
    """

    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class TestPlan:
    """How large a fair test within one segment has to be.

    `state` is one of `ml.vocabulary.CAMPAIGN_STATES`:

    - 'feasible': both arms fit into the segment;
    - 'too_small': they do not;
    - 'nobody_responds', 'everybody_responds': the base rate is 0 or 1, and no relative effect on it
      can be planned for;
    - 'no_room': a rate so much higher than the base rate would exceed 1;
    - 'not_measured': there is no base rate.

    `arm_size` is the users needed per arm, None where it cannot be computed; `detectable_effect` is
    the smallest relative effect that half of the segment against the other half would show.
    """

    __test__ = False  # no test, whatever pytest makes of the name

    state: str
    segment_size: int
    base_rate: float | None
    effect: float
    arm_size: int | None
    detectable_effect: float | None


def arm_size(
    base_rate: float, changed_rate: float, *, alpha: float = ALPHA, power: float = POWER
) -> int:
    """Return the users per arm that a two-sided test of two proportions needs.

    Fleiss (1981), section 3.2, with the continuity correction of Fleiss, Tytun and Ury (1980): what
    an exact test or a corrected chi-square test needs, a little more than an uncorrected one.

    Parameters
    ----------
    base_rate, changed_rate : float in [0, 1]
        Two different rates.

    Examples
    --------
    >>> arm_size(0.6, 0.7)
    376
    """
    return ceil(
        _corrected(_uncorrected(base_rate, changed_rate, alpha, power), changed_rate - base_rate)
    )


def _uncorrected(first: float, second: float, alpha: float, power: float) -> float:
    mean = (first + second) / 2
    under_null = norm.ppf(1 - alpha / 2) * sqrt(2 * mean * (1 - mean))
    under_effect = norm.ppf(power) * sqrt(first * (1 - first) + second * (1 - second))
    return float(((under_null + under_effect) / (second - first)) ** 2)


def _corrected(size: float, difference: float) -> float:
    return size / 4 * (1 + sqrt(1 + 4 / (size * abs(difference)))) ** 2


def plan_test(
    segment_size: int,
    responder_count: int,
    measured_count: int,
    *,
    effect: float = 0.10,
    alpha: float = ALPHA,
    power: float = POWER,
) -> TestPlan:
    """Say whether a segment is large enough to show a given effect on its measured rate.

    Parameters
    ----------
    segment_size : int
        Users in the segment now, half of whom at the most get the campaign.
    responder_count, measured_count : int
        Users of the segment who did respond (bought, came back) in the past, out of how many.
    effect : float above 0
        Smallest relative effect worth detecting: 0.10 means a rate one tenth higher.

    Raises
    ------
    ValueError
        For an effect that is not above 0, or more responders than users.

    Examples
    --------
    >>> plan = plan_test(10_000, 600, 10_000, effect=0.10)
    >>> plan.state, plan.arm_size, round(plan.detectable_effect, 2)
    ('too_small', 26072, 0.24)
    """
    if effect <= 0:
        raise ValueError(f"The effect is {effect!r}; it must be above 0.")
    if not 0 <= responder_count <= measured_count:
        raise ValueError(f"{responder_count} of {measured_count} users cannot have responded.")
    if measured_count == 0:
        return TestPlan("not_measured", segment_size, None, effect, None, None)
    rate = responder_count / measured_count
    if rate in (0, 1):
        state = "nobody_responds" if rate == 0 else "everybody_responds"
        return TestPlan(state, segment_size, rate, effect, None, None)
    detectable = _detectable_effect(rate, segment_size // 2, alpha, power)
    if rate * (1 + effect) > 1:
        return TestPlan("no_room", segment_size, rate, effect, None, detectable)
    needed = arm_size(rate, rate * (1 + effect), alpha=alpha, power=power)
    state = "feasible" if 2 * needed <= segment_size else "too_small"
    return TestPlan(state, segment_size, rate, effect, needed, detectable)


def _detectable_effect(rate: float, size: int, alpha: float, power: float) -> float | None:
    """Return the smallest relative effect that arms of this size show, None if they show none."""

    def excess(changed: float) -> float:
        return _corrected(_uncorrected(rate, changed, alpha, power), changed - rate) - size

    smallest = rate + (1 - rate) * 1e-6
    if size < 1 or excess(1.0) > 0:
        return None
    if excess(smallest) < 0:
        return smallest / rate - 1
    return float(brentq(excess, smallest, 1.0, xtol=1e-12)) / rate - 1


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

    Parameters
    ----------
    values : finite float array of shape (n_users,)

    Examples
    --------
    >>> found = mean_interval(np.array([0.0, 0.0, 0.0, 10.0] * 10))
    >>> found.estimate, round(found.lower, 2), round(found.upper, 2)
    (2.5, 1.29, 4.09)
    """
    values = np.asarray(values, float)
    if not len(values):
        return Interval(None, None, None)
    deviation = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    # The skewness of a constant is 0 / 0.
    skewness = float(skew(values)) if deviation > 1e-12 * max(abs(values).max(), 1) else 0.0
    return mean_interval_of_moments(
        len(values), float(values.mean()), deviation, skewness, confidence=confidence
    )


def mean_interval_of_moments(
    count: int, mean: float, deviation: float, skewness: float | None, *, confidence: float = 0.95
) -> Interval:
    """Return the interval of a mean from moments, which SQL can compute for any number of users.

    The normal interval lies too low for skewed values: of samples of 100 users of whom one in ten
    spends a log-normal sum (sigma 1.3) it covers the true mean in 75 %, a bootstrap of percentiles
    in 76 %, this one in 93 %. Hall (1992) removes the first-order effect of the skewness by a
    monotone cubic transformation of the studentised mean; the result needs no resampling, no seed,
    and does not depend on the order of the rows.

    Parameters
    ----------
    count : int
    mean, deviation, skewness : float
        In DuckDB `avg`, `stddev_samp` and `skewness`. A skewness that is None or NaN, as that of
        two users or of a constant, counts as 0.
    """
    if count == 0:
        return Interval(None, None, None)
    if count == 1:
        return Interval(mean, None, None)
    skewed = 0.0 if skewness is None or isnan(skewness) else skewness
    quantile = float(norm.ppf(0.5 + confidence / 2))
    error = deviation / sqrt(count)
    return Interval(
        mean,
        mean - error * _untransformed(quantile, skewed, count),
        mean - error * _untransformed(-quantile, skewed, count),
    )


def _untransformed(quantile: float, skewness: float, count: int) -> float:
    """Invert Hall's t + a t^2 / 3 + a^2 t^3 / 27 + a / 6, where a is the skewness / sqrt(count)."""
    tilt = skewness / sqrt(count)
    if abs(tilt) < 1e-9:
        return quantile
    return float(3 / tilt * (np.cbrt(1 + tilt * (quantile - tilt / 6)) - 1))
