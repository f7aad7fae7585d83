from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from ml.features.redundancy import REDUNDANCY_SCHEMA, feature_redundancy, rank_correlations

STEPS = np.arange(100.0)


def _users(**columns: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_correlations_are_those_of_scipy_with_ties() -> None:
    rng = np.random.default_rng(0)
    users = pd.DataFrame(rng.poisson(1.0, (300, 4)), columns=list("abcd"))
    expected = spearmanr(users.to_numpy()).statistic
    assert np.allclose(rank_correlations(users), expected)


def test_a_logarithm_ranks_alike() -> None:
    found = rank_correlations(_users(raw=STEPS, logged=np.log1p(STEPS), turned=-STEPS))
    assert found.loc["raw", "logged"] == pytest.approx(1)
    assert found.loc["raw", "turned"] == pytest.approx(-1)


def test_missing_values_compare_the_users_who_have_both() -> None:
    partial = np.where(STEPS < 50, np.nan, STEPS)
    found = rank_correlations(_users(all=STEPS, some=partial, few=np.where(STEPS < 90, np.nan, 1)))
    assert found.loc["all", "some"] == found.loc["some", "all"] == pytest.approx(1)
    assert np.isnan(found.loc["all", "few"])


def rows_of(users: pd.DataFrame, *read: str, **options: float) -> dict[tuple[str, str], dict]:
    """Return the rows by column and feature that is read."""
    found = feature_redundancy(users, read, sample_size=500, **options)
    assert found.schema == REDUNDANCY_SCHEMA
    rows = {(row["feature_name"], row["model_feature_name"]): row for row in found.to_pylist()}
    assert len(rows) == found.num_rows
    return rows


def test_each_column_is_beside_each_other_one_that_is_read() -> None:
    users = _users(sessions=STEPS, days=np.sqrt(STEPS), price=STEPS % 7)
    found = rows_of(users, "price", "days", "no_column")
    assert {key: row["is_read"] for key, row in found.items()} == {
        ("sessions", "price"): False,
        ("sessions", "days"): False,
        ("days", "price"): True,
        ("price", "days"): True,
    }
    expected = spearmanr(STEPS, STEPS % 7).statistic
    assert found["price", "days"]["rank_correlation"] == pytest.approx(expected)
    assert found["days", "price"]["rank_correlation"] == pytest.approx(expected)
    assert [row["is_redundant"] for row in found.values()] == [False, True, False, False]
    assert {(row["threshold"], row["sample_size"]) for row in found.values()} == {(0.9, 500)}


def test_opposites_are_redundant_and_say_which_way() -> None:
    row = rows_of(_users(up=STEPS, down=-STEPS), "up")["down", "up"]
    assert row["is_redundant"]
    assert row["rank_correlation"] == pytest.approx(-1)


def test_what_is_redundant_lies_above_the_threshold() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=4_000)
    users = _users(a=first, b=first + 0.45 * rng.normal(size=4_000))
    rho = spearmanr(users.to_numpy()).statistic
    for threshold in (rho - 0.01, rho + 0.01):
        row = rows_of(users, "a", threshold=threshold)["b", "a"]
        assert row["is_redundant"] == (rho > threshold)
        assert (row["rank_correlation_without_shared_zeros"] is None) == (rho < threshold)


def test_shared_zeros_are_told_from_real_likeness() -> None:
    # Nine users in ten have bought nothing: both are 0 for them. The buyers' orders and prices
    # have nothing to do with each other: every price is paid once by each kind of buyer.
    buyers = np.arange(100)
    orders = np.concatenate([np.zeros(900), 1 + buyers % 2])
    value = np.concatenate([np.zeros(900), 1 + buyers // 2])
    row = rows_of(_users(orders=orders, value=value), "orders")["value", "orders"]
    assert row["rank_correlation"] > 0.9
    assert row["rank_correlation_without_shared_zeros"] == pytest.approx(0)


def test_a_missing_value_is_no_zero() -> None:
    """29 of those who are left have both: too few to compare."""
    some = np.where(STEPS < 71, np.nan, STEPS)
    zeros = np.concatenate([STEPS, np.zeros(40)])
    row = rows_of(_users(all=zeros, some=np.concatenate([some, np.zeros(40)])), "all")[
        "some", "all"
    ]
    assert row["rank_correlation"] == pytest.approx(1)
    assert row["rank_correlation_without_shared_zeros"] is None


def test_a_constant_is_like_nothing() -> None:
    row = rows_of(_users(steps=STEPS, same=np.ones(100)), "steps")["same", "steps"]
    assert (row["rank_correlation"], row["is_redundant"]) == (None, False)


def test_no_users_have_nothing_to_compare() -> None:
    found = rows_of(pd.DataFrame({"a": [], "b": []}, dtype=float), "a")
    assert [row["rank_correlation"] for row in found.values()] == [None]


def test_without_a_model_nothing_is_read() -> None:
    assert rows_of(_users(one=STEPS)) == {}
