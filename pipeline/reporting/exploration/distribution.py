"""The distribution of a number, from its distinct values and how often each occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

QUANTILES = (0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99)
SIGMA_LIMIT = 5.0
FENCE_LIMIT = 1.5


@dataclass(frozen=True)
class Outliers:
    """How many values lie outside two bounds."""

    low: float
    high: float
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Distribution:
    """Figures of one number; all but `count` are None where nothing may or can be said."""

    count: int
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None
    quantiles: dict[str, float] = field(default_factory=dict)
    beyond_5_sigma: Outliers | None = None
    beyond_1_5_iqr: Outliers | None = None


def quantile_name(share: float) -> str:
    """Return the key of a quantile.

    Examples
    --------
    >>> quantile_name(0.05)
    'p5'
    """
    return f"p{share * 100:g}"


def described(values: ArrayLike, counts: ArrayLike) -> Distribution:
    """Describe a number from the distinct values and their counts.

    A quantile is the smallest value that at least that share of the rows does not exceed, so it is
    always a value of the data. The standard deviation is that of the rows at hand (divided by n).

    Parameters
    ----------
    values : floats of shape (n_distinct,)
        Distinct values, in any order.
    counts : ints of shape (n_distinct,)
        Rows that hold each value, all positive.

    Returns
    -------
    Distribution
        With no rows, only `count` is set.

    Examples
    --------
    >>> figures = described([1, 2, 9], [2, 1, 1])
    >>> figures.mean, figures.quantiles["p50"], figures.quantiles["p75"]
    (3.25, 1.0, 2.0)
    """
    number = np.asarray(values, dtype=float)
    weight = np.asarray(counts, dtype=np.int64)
    total = int(weight.sum())
    if not total:
        return Distribution(count=0)
    order = np.argsort(number)
    number, weight = number[order], weight[order]
    mean = float(np.dot(number, weight) / total)
    spread = float(np.sqrt(np.dot((number - mean) ** 2, weight) / total))
    quantiles = _quantiles(number, weight)
    fence = FENCE_LIMIT * (quantiles["p75"] - quantiles["p25"])
    return Distribution(
        count=total,
        minimum=float(number[0]),
        maximum=float(number[-1]),
        mean=mean,
        standard_deviation=spread,
        quantiles=quantiles,
        beyond_5_sigma=_outside(
            number, weight, mean - SIGMA_LIMIT * spread, mean + SIGMA_LIMIT * spread
        ),
        beyond_1_5_iqr=_outside(number, weight, quantiles["p25"] - fence, quantiles["p75"] + fence),
    )


def of_people(rows: Sequence[tuple[float, int]], minimum: int) -> Distribution:
    """Describe a number of people or sessions; of fewer than `minimum`, only how many they are.

    Parameters
    ----------
    rows : sequence of (value, count)
        Distinct values and how many have each.
    minimum : int

    Examples
    --------
    >>> of_people([(1, 4), (2, 5)], 10).mean is None
    True
    """
    values, counts = zip(*rows, strict=True) if rows else ((), ())
    total = sum(counts)
    return described(values, counts) if total >= minimum else Distribution(count=total)


def _quantiles(number: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    reached = np.cumsum(weight)
    total = reached[-1]
    # Rounding first: 0.05 * 20 must be 1, not a hair more, or the quantile slips to the next value.
    targets = [max(np.ceil(round(share * float(total), 6)), 1) for share in QUANTILES]
    places = np.searchsorted(reached, targets)
    return {
        quantile_name(share): float(number[place])
        for share, place in zip(QUANTILES, places, strict=True)
    }


def _outside(number: np.ndarray, weight: np.ndarray, low: float, high: float) -> Outliers:
    count = int(weight[(number < low) | (number > high)].sum())
    return Outliers(low=low, high=high, count=count, share=count / int(weight.sum()))
