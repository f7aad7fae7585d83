"""Rules about readable features: bounds, and thresholds that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

import numpy as np
import pandas as pd

from ml.description.measures import RULE_UNITS

#: As a lower bound "more than nothing", as an upper one "nothing".
ABOVE_ZERO = float(np.nextafter(0.0, 1.0))

# A round threshold may put this share of the users on the other side of what the tree found.
_ROUNDING_TOLERANCE = 0.002
# Where the search for a round threshold starts: digits after the point.
_COARSEST = {"money": -1, "share": 2, "number": 0, "seconds": 0}
_FINEST = 6


@dataclass(frozen=True)
class Bound:
    """Values of one feature from `lower`, inclusive, to `upper`, exclusive; None is open."""

    feature: str
    lower: float | None = None
    upper: float | None = None

    def holds(self, features: pd.DataFrame) -> np.ndarray:
        """Return for each user whether the value lies within, bool of shape (n_users,)."""
        values = features[self.feature].to_numpy(float)
        within = np.ones(len(values), bool)
        if self.lower is not None:
            within &= values >= self.lower
        if self.upper is not None:
            within &= values < self.upper
        return within

    def as_code(self) -> dict[str, object]:
        """Return what the bound says, as a form of words and the figures in it.

        A count has a highest value, anything else a limit that it stays below.

        Examples
        --------
        >>> Bound("order_count", lower=3.0).as_code()
        {'feature': 'order_count', 'unit': 'count', 'form': 'at_least', 'low': 3.0, 'high': None}
        >>> Bound("order_count", upper=1.0).as_code()["form"]
        'nothing'
        >>> Bound("favourite_category_share", 0.45, 0.6).as_code()["form"]
        'from_to_less'
        """
        unit = RULE_UNITS[self.feature]
        form, low, high = self._form(is_count=unit == "count")
        return {"feature": self.feature, "unit": unit, "form": form, "low": low, "high": high}

    def _form(self, is_count: bool) -> tuple[str, float | None, float | None]:
        """Return the form, and the lowest and highest figure that it names."""
        if self.upper is not None and self.upper <= (1 if is_count else ABOVE_ZERO):
            return "nothing", None, None
        return self._form_of_count() if is_count else self._form_of_measure()

    def _form_of_count(self) -> tuple[str, float | None, float | None]:
        low, high = self.lower, None if self.upper is None else self.upper - 1
        if low is None or low <= 0:
            return "at_most", None, high
        if high is None:
            return "at_least", low, None
        return ("exactly" if low == high else "from_to"), low, high

    def _form_of_measure(self) -> tuple[str, float | None, float | None]:
        low, high = self.lower, self.upper
        if low == ABOVE_ZERO:
            return ("more_than_zero" if high is None else "zero_to_less"), None, high
        if low is None:
            return "less_than", None, high
        return ("at_least" if high is None else "from_to_less"), low, high


def readable_threshold(threshold: float, values: np.ndarray, unit: str) -> float:
    """Return the roundest number such that "at least" it says what "above" the threshold does.

    Parameters
    ----------
    threshold : float
        A cut between two values.
    values : float array of shape (n_users,)
    unit : str
        Of `ml.description.measures.RULE_UNITS`.

    Examples
    --------
    >>> readable_threshold(2.5, np.array([1.0, 2.0, 3.0]), "count")
    3.0
    >>> readable_threshold(118.37, np.array([20.0, 40.0, 300.0]), "money")
    120.0
    """
    if unit == "count":
        return float(floor(threshold) + 1)
    is_above = values > threshold
    if threshold > 0 and not (values[~is_above] > 0).any():
        return ABOVE_ZERO
    for digits in range(_COARSEST[unit], _FINEST + 1):
        rounded = round(threshold, digits)
        if rounded > 0 and (is_above != (values >= rounded)).mean() <= _ROUNDING_TOLERANCE:
            return rounded
    return threshold


def all_hold(bounds: Sequence[Bound], features: pd.DataFrame) -> np.ndarray:
    """Return for each user whether all bounds hold, bool of shape (n_users,)."""
    within = np.ones(len(features), bool)
    for bound in bounds:
        within &= bound.holds(features)
    return within


def with_bound(bounds: tuple[Bound, ...], new: Bound) -> tuple[Bound, ...]:
    """Add a bound; one on the same feature becomes narrower instead.

    Examples
    --------
    >>> with_bound((Bound("revenue", lower=10.0),), Bound("revenue", upper=50.0))
    (Bound(feature='revenue', lower=10.0, upper=50.0),)
    """
    if all(bound.feature != new.feature for bound in bounds):
        return (*bounds, new)
    return tuple(
        _narrowed(bound, new) if bound.feature == new.feature else bound for bound in bounds
    )


def _narrowed(bound: Bound, new: Bound) -> Bound:
    lowers = [value for value in (bound.lower, new.lower) if value is not None]
    uppers = [value for value in (bound.upper, new.upper) if value is not None]
    return replace(bound, lower=max(lowers, default=None), upper=min(uppers, default=None))


def merged(rules: Sequence[tuple[Bound, ...]]) -> list[tuple[Bound, ...]]:
    """Unite rules that differ in one feature only and touch each other there.

    Examples
    --------
    >>> low, high = Bound("order_count", upper=2.0), Bound("order_count", lower=2.0)
    >>> merged([(low, Bound("revenue", lower=9.0)), (high, Bound("revenue", lower=9.0))])
    [(Bound(feature='revenue', lower=9.0, upper=None),)]
    """
    left = list(rules)
    for place, first in enumerate(left):
        for other in range(place + 1, len(left)):
            union = _union(first, left[other])
            if union is not None:
                rest = [rule for at, rule in enumerate(left) if at not in (place, other)]
                return merged([*rest, union])
    return left


def _union(first: tuple[Bound, ...], second: tuple[Bound, ...]) -> tuple[Bound, ...] | None:
    here = {bound.feature: bound for bound in first}
    there = {bound.feature: bound for bound in second}
    differing = [name for name in here if here[name] != there.get(name)]
    if here.keys() != there.keys() or len(differing) != 1:
        return None
    low, high = here[differing[0]], there[differing[0]]
    if low.upper is None or low.upper != high.lower:
        low, high = high, low
    if low.upper is None or low.upper != high.lower:
        return None
    united = replace(low, upper=high.upper)
    is_open = united.lower is None and united.upper is None
    return tuple(
        united if bound.feature == united.feature else bound
        for bound in first
        if not (is_open and bound.feature == united.feature)
    )


def without_implied(bounds: tuple[Bound, ...], features: pd.DataFrame) -> tuple[Bound, ...]:
    """Leave out the bounds that change nothing: who has spent 50 has an order anyway."""
    holding = all_hold(bounds, features)
    for bound in bounds:
        rest = tuple(other for other in bounds if other is not bound)
        if rest and np.array_equal(all_hold(rest, features), holding):
            return without_implied(rest, features)
    return bounds
