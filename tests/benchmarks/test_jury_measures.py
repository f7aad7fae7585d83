"""What the jury reads from raw files, and what it compares segments with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.jury.names import contradictions, named_segments
from benchmarks.jury.rivals import (
    cells,
    eleven_groups,
    nine_groups,
    rfm_scores,
    shares_explained,
)
from benchmarks.jury.truth import read_histories
from tests.conftest import HEADER


def test_histories_are_counted_from_the_lines(
    tmp_path: Path, event_line: Callable[..., str]
) -> None:
    bought = event_line("2020-01-10 10:00:00 UTC", "purchase", price="5.00", user=1, session="a")
    lines = [
        event_line("2020-01-01 10:00:00 UTC", "view", user=1),
        event_line("2020-01-02 10:00:00 UTC", "cart", user=1),
        bought,
        # Twice the same line; and another line of the same order, which costs nothing.
        bought,
        event_line(
            "2020-01-10 10:00:00 UTC", "purchase", product=2, price="0.00", user=1, session="a"
        ),
        event_line("2020-01-16 10:00:00 UTC", "purchase", price="7.00", user=1, session="b"),
        event_line("2020-01-16 10:00:00 UTC", "view", price="n/a", user=2),
        event_line("2020-01-17 10:00:00 UTC", "view", user=3),
        # What follows: in the outcome, and after it.
        event_line("2020-01-20 00:00:00 UTC", "purchase", price="1.50", user=3, session="c"),
        event_line("2020-01-24 23:59:59 UTC", "purchase", price="2.00", user=3, session="d"),
        event_line("2020-01-25 00:00:00 UTC", "purchase", price="4.00", user=3, session="e"),
        event_line("2020-01-21 00:00:00 UTC", "purchase", price="4.00", user=4, session="f"),
    ]
    (tmp_path / "2020-01.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    found = read_histories(tmp_path, date(2020, 1, 20), outcome_days=5)
    assert found.index.tolist() == [1, 3]
    first, third = found.loc[1], found.loc[3]
    assert first[["tenure_days", "event_count", "cart_count", "order_count"]].tolist() == [
        19,
        5,
        1,
        2,
    ]
    assert first[["revenue", "recency_days", "order_span_days"]].tolist() == [12, 4, 6]
    assert (first["outcome"], third["outcome"]) == (0, 3.5)
    assert third["order_count"] == 0
    assert np.isnan(third["recency_days"])
    everything = read_histories(tmp_path, None, outcome_days=5)
    assert everything.loc[4, ["order_count", "recency_days", "outcome"]].tolist() == [1, 5, 0]


def _users(count: int = 1_000, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    orders = rng.poisson(2, count)
    return pd.DataFrame(
        {
            "order_count": orders,
            "recency_days": np.where(orders > 0, rng.integers(1, 300, count), np.nan),
            "revenue": orders * rng.gamma(2, 20, count),
            "tenure_days": rng.integers(1, 400, count),
            "outcome": orders * 10.0 * rng.integers(0, 2, count),
        }
    )


def test_scores_are_fifths_of_the_buyers_and_ties_stay_together() -> None:
    users = _users()
    scores = rfm_scores(users)
    is_buyer = users["order_count"] > 0
    assert (scores[~is_buyer] == -1).all().all()
    assert scores.loc[is_buyer, "recency"].value_counts(normalize=True).between(0.18, 0.22).all()
    assert scores["frequency"].groupby(users["order_count"]).nunique().max() == 1
    latest = users["recency_days"].idxmin()
    assert scores.loc[latest, "recency"] == 5
    # Ranks do not depend on the order of the rows.
    shuffled = users.sample(frac=1, random_state=1)
    assert rfm_scores(shuffled).sort_index().equals(scores)


def test_groups_are_nine_eleven_and_a_hundred_and_twenty_five() -> None:
    every = pd.DataFrame(
        [(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)],
        columns=["recency", "frequency", "money"],
    )
    everybody = pd.concat([every, pd.DataFrame([dict.fromkeys(every, -1)])])
    for groups, count in ((nine_groups, 9), (eleven_groups, 11), (cells, 125)):
        found = groups(everybody)
        assert len(np.unique(found)) == count + 1
        assert (found == found[-1]).sum() == 1
    assert eleven_groups(pd.DataFrame({"recency": [5], "frequency": [4], "money": [3]})) == [
        "champions"
    ]


def test_what_is_known_is_explained_and_noise_is_not() -> None:
    users = _users(2_000)
    rng = np.random.default_rng(1)
    inputs = np.log1p(users[["outcome"]].to_numpy(float))
    known = shares_explained(users, (users["outcome"] > 0).to_numpy(int), inputs)
    assert known["segments"] > 0.8
    assert known["boosting on the model's"] > 0.95
    assert 0.05 < known["nine groups"] < known["boosting on RFM"] + 0.05 < 0.6
    noise = shares_explained(users, rng.integers(0, 7, 2_000), rng.random((2_000, 2)))
    assert noise["segments"] < 0.01
    assert noise["boosting on the model's"] < 0.05
    assert noise["regression"] == known["regression"] > 0.05


def _members(name: str, number: int, **columns: object) -> pd.DataFrame:
    usual = {
        "segment_id": number,
        "segment_name": name,
        "order_count": 4,
        "order_span_days": 60,
        "recency_days": 10,
        "event_count": 20,
        "cart_count": 0,
        "revenue": 50.0,
    }
    return pd.DataFrame(usual | columns, index=range(10))


@pytest.mark.parametrize(
    ("name", "columns", "is_true"),
    [
        ("Loyal regulars", {}, True),
        ("Loyal regulars", {"recency_days": 41}, False),
        ("Loyal regulars", {"order_count": 1, "order_span_days": 0}, False),
        ("Lapsed buyers", {"recency_days": 41}, True),
        ("Lapsed buyers", {"recency_days": 39}, False),
        ("One-time buyers, recent", {"order_count": 1, "order_span_days": 0}, True),
        ("One-time buyers", {}, False),
        ("Cart hesitators", {"order_count": 0, "cart_count": 1}, True),
        ("Cart hesitators", {"order_count": 0, "event_count": 21, "cart_count": 1}, False),
        ("Cart hesitators", {"cart_count": 1}, False),
        ("Big spenders", {"revenue": 101.0}, True),
        ("Big spenders", {"revenue": 99.0}, False),
        ("Occasional visitors", {}, True),
    ],
)
def test_names_are_checked_by_absolute_tests(name: str, columns: dict, is_true: bool) -> None:
    others = _members("Others", 2, revenue=100.0)
    nobody = _members("nobody", -1, revenue=1_000.0)
    users = pd.concat([_members(name, 1, **columns), others, nobody])
    found = contradictions(named_segments(users))
    assert bool(found) != is_true
    assert all(what.startswith(f"{name}: ") for what in found)
