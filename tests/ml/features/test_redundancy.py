from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from ml.features.redundancy import FeatureDecision, choose_features, rank_correlations
from ml.model.errors import SegmentationError

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


def test_of_two_alike_the_preferred_one_stays() -> None:
    users = _users(sessions=STEPS, days=np.sqrt(STEPS), price=STEPS % 7)
    kept = {row.feature: row.decision for row in choose_features(users, preference=["days"])}
    assert kept == {"days": "kept", "sessions": "dropped", "price": "kept"}
    kept = {row.feature: row.decision for row in choose_features(users)}
    assert kept == {"sessions": "kept", "days": "dropped", "price": "kept"}


def test_opposites_are_redundant_and_say_which_way() -> None:
    dropped = choose_features(_users(up=STEPS, down=-STEPS))[1]
    assert (dropped.decision, dropped.reason) == ("dropped", "redundant")
    assert dropped.most_correlated_with == "up"
    assert dropped.rho == pytest.approx(-1)


def test_a_chain_of_likenesses_keeps_both_ends() -> None:
    # Neighbours swap some places: each is like the next, the ends are not alike.
    rng = np.random.default_rng(3)
    first = rng.normal(size=4_000)
    middle = first + 0.45 * rng.normal(size=4_000)
    last = middle + 0.45 * rng.normal(size=4_000)
    rho = rank_correlations(_users(a=first, b=middle, c=last))
    assert rho.loc["a", "b"] > 0.88
    assert rho.loc["b", "c"] > 0.88
    assert rho.loc["a", "c"] < 0.88
    rows = choose_features(_users(a=first, b=middle, c=last), threshold=0.88)
    assert [(row.feature, row.decision) for row in rows] == [
        ("a", "kept"),
        ("b", "dropped"),
        ("c", "kept"),
    ]
    assert rows[1].most_correlated_with in ("a", "c")


def test_nothing_kept_is_above_the_threshold() -> None:
    rng = np.random.default_rng(5)
    base = rng.normal(size=(500, 3))
    users = pd.DataFrame(base @ rng.normal(size=(3, 12)) + 0.1 * rng.normal(size=(500, 12)))
    users.columns = [f"f{place}" for place in range(12)]
    kept = [row.feature for row in choose_features(users) if row.decision == "kept"]
    rho = rank_correlations(users[kept]).to_numpy() - np.eye(len(kept))
    assert np.abs(rho).max() <= 0.9
    assert len(kept) < 12


def test_a_constant_is_dropped_for_what_it_is() -> None:
    row = choose_features(_users(steps=STEPS, same=np.ones(100)))[1]
    assert row == FeatureDecision("same", "dropped", "constant", None, None, None)


def test_shared_zeros_are_told_from_real_likeness() -> None:
    # Nine users in ten have bought nothing: both are 0 for them. The buyers' orders and prices
    # have nothing to do with each other: every price is paid once by each kind of buyer.
    buyers = np.arange(100)
    orders = np.concatenate([np.zeros(900), 1 + buyers % 2])
    value = np.concatenate([np.zeros(900), 1 + buyers // 2])
    row = choose_features(_users(orders=orders, value=value))[1]
    assert row.rho is not None
    assert row.rho > 0.9
    assert row.rho_without_shared_zeros == pytest.approx(0)


def test_one_candidate_alone_is_kept() -> None:
    assert choose_features(_users(one=STEPS)) == (
        FeatureDecision("one", "kept", "distinct", None, None, None),
    )


def test_no_users_have_nothing_to_compare() -> None:
    rows = choose_features(pd.DataFrame({"a": [], "b": []}, dtype=float))
    assert [row.reason for row in rows] == ["constant", "constant"]


def test_an_unknown_preference_is_refused() -> None:
    with pytest.raises(SegmentationError, match="no column visits"):
        choose_features(_users(steps=STEPS), preference=["visits"])
