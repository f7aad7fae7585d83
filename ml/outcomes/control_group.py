"""How large a control has to be, where it need not be as large as what it is compared with."""

from __future__ import annotations

from math import ceil, sqrt

from scipy.optimize import brentq
from scipy.stats import norm

from ml.outcomes.campaign import ALPHA, POWER


def needed_customers(
    base_rate: float,
    changed_rate: float,
    control_share: float,
    *,
    alpha: float = ALPHA,
    power: float = POWER,
) -> int:
    """Return the customers, treated and control together, who show a change of a rate.

    Fleiss (1981), section 3.2, for groups of different sizes and without the continuity correction:
    what the score test needs that `rate_difference` inverts.

    Parameters
    ----------
    base_rate, changed_rate : float in [0, 1]
        Of the control and of the treated; different.
    control_share : float in (0, 1)

    Examples
    --------
    >>> needed_customers(0.10, 0.13, 0.5), needed_customers(0.10, 0.13, 0.1)
    (3548, 10186)
    """
    distance = _errors(base_rate, changed_rate, control_share, alpha, power)
    return ceil((distance / (changed_rate - base_rate)) ** 2)


def detectable_rate(
    base_rate: float,
    treated_count: int,
    control_count: int,
    *,
    alpha: float = ALPHA,
    power: float = POWER,
) -> float | None:
    """Return the smallest higher rate of the treated that such groups show; None if they show none.

    Examples
    --------
    >>> round(detectable_rate(0.10, 9000, 1000), 3)
    0.13
    """
    count = treated_count + control_count
    if not 0 < base_rate < 1 or not treated_count or not control_count:
        return None

    def excess(changed: float) -> float:
        errors = _errors(base_rate, changed, control_count / count, alpha, power)
        return (changed - base_rate) * sqrt(count) - errors

    if excess(1.0) < 0:
        return None
    return float(brentq(excess, base_rate, 1.0, xtol=1e-9))


def _errors(base: float, changed: float, control_share: float, alpha: float, power: float) -> float:
    """Return how far the rates have to lie apart, times the root of the number of customers."""
    treated_share = 1 - control_share
    mean = treated_share * changed + control_share * base
    under_null = sqrt(mean * (1 - mean) * (1 / treated_share + 1 / control_share))
    under_effect = sqrt(changed * (1 - changed) / treated_share + base * (1 - base) / control_share)
    return float(norm.ppf(1 - alpha / 2) * under_null + norm.ppf(power) * under_effect)
