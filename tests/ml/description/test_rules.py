from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ml.description.measures import RULE_UNITS
from ml.description.profiles import PROFILE_FEATURES
from ml.description.rules import (
    ABOVE_ZERO,
    Bound,
    all_hold,
    merged,
    readable_threshold,
    with_bound,
    without_implied,
)

ORDERS = "order_count"


@pytest.mark.parametrize(
    ("bound", "form", "low", "high"),
    [
        (Bound(ORDERS, lower=3), "at_least", 3, None),
        (Bound(ORDERS, upper=1), "nothing", None, None),
        (Bound(ORDERS, upper=4), "at_most", None, 3),
        (Bound(ORDERS, 2, 3), "exactly", 2, 2),
        (Bound(ORDERS, 0, 3), "at_most", None, 2),
        (Bound("event_count", 1_000, 2_501), "from_to", 1_000, 2_500),
        (Bound("revenue", upper=ABOVE_ZERO), "nothing", None, None),
        (Bound("revenue", lower=ABOVE_ZERO), "more_than_zero", None, None),
        (Bound("revenue", ABOVE_ZERO, 20), "zero_to_less", None, 20),
        (Bound("removal_rate", upper=0.125), "less_than", None, 0.125),
        (Bound("price_level", 0.45, 0.6), "from_to_less", 0.45, 0.6),
    ],
)
def test_bounds_as_codes(bound: Bound, form: str, low: float | None, high: float | None) -> None:
    code = bound.as_code()
    assert (code["form"], code["low"], code["high"]) == (form, low, high)
    assert code["unit"] == RULE_UNITS[bound.feature]


def test_names_and_rules_speak_of_the_same_features() -> None:
    assert set(PROFILE_FEATURES) <= set(RULE_UNITS)
    assert set(RULE_UNITS.values()) == {"count", "money", "share", "seconds", "number"}


@pytest.mark.parametrize(
    ("threshold", "values", "unit", "expected"),
    [
        (2.5, [2, 3], "count", 3),
        (2.0, [2, 3], "count", 3),
        (-0.5, [-1, 0], "count", 0),
        (118.37, [20, 300], "money", 120),
        (118.37, [118, 119], "money", 118.4),
        (0.4512, [0.40, 0.48], "share", 0.45),
        (0.4512, [0.451, 0.4514], "share", 0.4512),
        (0.002, [0.0, 0.004], "share", ABOVE_ZERO),
        (0.002, [0.001, 0.004], "share", 0.002),
        (7.2, [3, 9], "seconds", 7),
        (1e-9, [1e-10, 2e-9], "number", 1e-9),
    ],
)
def test_thresholds_that_people_can_read(
    threshold: float, values: list[float], unit: str, expected: float
) -> None:
    assert readable_threshold(threshold, np.array(values, float), unit) == expected


def test_a_readable_threshold_cuts_where_the_tree_did() -> None:
    rng = np.random.default_rng(0)
    values = rng.lognormal(3, 1, 5_000)
    for threshold in np.quantile(values, [0.1, 0.37, 0.5, 0.93]):
        cut = readable_threshold(float(threshold), values, "money")
        assert ((values > threshold) != (values >= cut)).mean() <= 0.002
        assert len(f"{cut:.6f}".rstrip("0").replace(".", "")) <= 4


def test_bounds_on_one_feature_are_combined() -> None:
    rule: tuple[Bound, ...] = ()
    for bound in (Bound(ORDERS, lower=1), Bound("revenue", upper=9), Bound(ORDERS, upper=5)):
        rule = with_bound(rule, bound)
    assert with_bound(rule, Bound(ORDERS, lower=3)) == (
        Bound(ORDERS, 3, 5),
        Bound("revenue", upper=9),
    )


def test_rules_that_touch_are_one() -> None:
    rest = Bound("revenue", lower=9)
    parts = [
        (Bound(ORDERS, upper=2), rest),
        (Bound(ORDERS, 4, 6), rest),
        (Bound(ORDERS, 2, 4), rest),
    ]
    assert merged(parts) == [(Bound(ORDERS, upper=6), rest)]


def test_rules_that_do_not_touch_stay_two() -> None:
    apart = [(Bound(ORDERS, upper=2),), (Bound(ORDERS, lower=4),)]
    assert merged(apart) == apart
    other = [(Bound(ORDERS, upper=2),), (Bound("revenue", lower=4),)]
    assert merged(other) == other
    two_differences = [
        (Bound(ORDERS, upper=2), Bound("revenue", lower=9)),
        (Bound(ORDERS, lower=2), Bound("revenue", upper=9)),
    ]
    assert merged(two_differences) == two_differences


def test_a_condition_that_follows_from_the_others_is_left_out() -> None:
    users = pd.DataFrame({ORDERS: [0, 1, 2], "revenue": [0.0, 40.0, 90.0]})
    rule = (Bound(ORDERS, lower=1), Bound("revenue", lower=50.0))
    assert without_implied(rule, users) == (Bound("revenue", lower=50.0),)
    assert all_hold(rule, users).tolist() == [False, False, True]


def test_the_last_condition_stays() -> None:
    users = pd.DataFrame({ORDERS: [1, 2]})
    assert without_implied((Bound(ORDERS, lower=1),), users) == (Bound(ORDERS, lower=1),)
