"""The difference of two means of spending over strata, by what other draws would have shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from ml.outcomes.intervals import LEAST_SPENDERS

# With one more, both tails of 2.5 % are whole numbers of draws.
_DRAWS, _DRAWS_OF_MANY = 1_999, 199
_MANY_SPENDERS = 50_000
# Random numbers at a time: 80 MB.
_NUMBERS_AT_A_TIME = 5_000_000
_SEED = 20191001


@dataclass(frozen=True)
class Stratum:
    """What the people of a stratum spent: amounts other than 0, and of how many people in all.

    `treated` and `control` are float arrays of those who spent, the counts include all others.
    """

    treated: np.ndarray
    control: np.ndarray
    treated_count: int
    control_count: int


def mean_difference(
    strata: Sequence[Stratum], *, confidence: float = 0.95, draws: int | None = None
) -> tuple[float, float | None, float | None, float | None]:
    """Return the difference of two means, its limits, and how many errors it lies from 0.

    Spending has a long tail and the control is small, so no formula for large samples holds. The
    draw itself tells: everybody is drawn again, within the stratum, into groups of the same sizes,
    and the studentised difference of these draws is what chance makes of no effect (Chung and
    Romano 2013). Where there is none, exactly 5 of 100 intervals leave out 0, whatever people
    spend; `benchmarks/results/campaigns.md` says how often they cover an effect.

    Parameters
    ----------
    strata : sequence of Stratum
        At least one person in each group. Every stratum counts by its share of the people.
    confidence : float
    draws : int, optional
        How often to draw again; by default 1,999 times, of many spenders less often.

    Returns
    -------
    difference, lower, upper, errors : float
        Treated less control. Without limits and errors where fewer than `LEAST_SPENDERS` of either
        group spent anything. `errors` is on the scale of the normal distribution: beyond 1.96, the
        interval leaves out 0.

    Examples
    --------
    >>> people = Stratum(np.full(40, 30.0), np.full(20, 30.0), 400, 400)
    >>> [round(value, 1) for value in mean_difference([people])]
    [1.5, 0.3, 2.5, 2.5]
    """
    spenders = [sum(len(one.treated) for one in strata), sum(len(one.control) for one in strata)]
    moments = np.array([_moments(one) for one in strata])
    sizes = np.array([(one.treated_count, one.control_count) for one in strata], float)
    difference, error = (float(value[0]) for value in _studentised(moments[:, None, :], sizes))
    if min(spenders) < LEAST_SPENDERS or not error > 0:
        return difference, None, None, None
    if draws is None:
        draws = _DRAWS if sum(spenders) <= _MANY_SPENDERS else _DRAWS_OF_MANY
    by_chance = np.sort(_drawn_again(strata, sizes, draws))
    place = int((draws + 1) * (1 - confidence) / 2)
    lowest, highest = float(by_chance[place - 1]), float(by_chance[draws - place])
    reached = difference / error
    critical = highest if reached > 0 else -lowest
    errors = reached * float(norm.ppf(0.5 + confidence / 2)) / critical
    return difference, difference - error * highest, difference - error * lowest, errors


def _moments(stratum: Stratum) -> tuple[float, float, float, float]:
    """Return sum and sum of squares of both groups; the smallest first, as order matters."""
    groups = (np.sort(stratum.treated), np.sort(stratum.control))
    return tuple(float((group**power).sum()) for group in groups for power in (1, 2))  # type: ignore[return-value]


def _studentised(moments: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return differences and their errors, from moments of shape (n_strata, n_draws, 4)."""
    weights = sizes.sum(axis=1) / sizes.sum()
    difference, variance = 0.0, 0.0
    for weight, counts, of_stratum in zip(weights, sizes, moments, strict=True):
        for sign, count, side in ((1, counts[0], 0), (-1, counts[1], 2)):
            mean = of_stratum[:, side] / count
            spread = np.maximum(of_stratum[:, side + 1] / count - mean**2, 0.0)
            difference = difference + sign * weight * mean
            variance = variance + weight**2 * spread / max(count - 1, 1)
    return np.asarray(difference), np.sqrt(variance)


def _drawn_again(strata: Sequence[Stratum], sizes: np.ndarray, draws: int) -> np.ndarray:
    """Return the studentised differences of other draws of the same people."""
    rng = np.random.default_rng(_SEED)
    moments = np.empty((len(strata), draws, 4))
    for place, one in enumerate(strata):
        # In an order of their own, which no order of the rows changes.
        amounts = np.sort(np.concatenate([one.treated, one.control]).astype(float))
        whole = np.array([amounts.sum(), (amounts**2).sum()])
        control = _control_moments(rng, amounts, one, draws)
        moments[place] = np.hstack([whole - control, control])
    difference, error = _studentised(moments, sizes)
    return np.divide(difference, error, out=np.zeros(draws), where=error > 0)


def _control_moments(
    rng: np.random.Generator, amounts: np.ndarray, stratum: Stratum, draws: int
) -> np.ndarray:
    """Return sum and sum of squares of the control in each draw: who spends falls into it or not.

    How many of the spenders do is hypergeometric; which ones, is by the smallest random numbers.
    """
    rest = stratum.treated_count + stratum.control_count - len(amounts)
    found = np.zeros((draws, 2))
    if not len(amounts):
        return found
    counts = rng.hypergeometric(len(amounts), rest, stratum.control_count, size=draws)
    powers = np.column_stack([amounts, amounts**2])
    at_a_time = max(1, _NUMBERS_AT_A_TIME // len(amounts))
    for start in range(0, draws, at_a_time):
        taken = counts[start : start + at_a_time]
        numbers = rng.random((len(taken), len(amounts)), dtype=np.float32)
        ordered = np.sort(numbers, axis=1)
        bounds = np.where(
            taken > 0, np.take_along_axis(ordered, np.maximum(taken - 1, 0)[:, None], 1)[:, 0], -1
        )
        found[start : start + at_a_time] = (numbers <= bounds[:, None]).astype(float) @ powers
    return found
