from __future__ import annotations

import duckdb
import numpy as np
import pytest

from ml.features.drift import Bins, drift_level, learn_bins, measure_drift, psi, psi_noise
from ml.model.errors import SegmentationError

# Two thirds of the features of a shop look like this one: most users have nothing.
ORDERS = np.array([0.0] * 60 + [1.0] * 20 + [2.0] * 10 + [3.0, 4.0, 5.0, 6.0, 7.0] * 2)


def test_ten_equal_bins_without_ties() -> None:
    bins = learn_bins(np.arange(1.0, 101.0))
    assert bins.edges.tolist() == [10.5, 20.5, 30.5, 40.5, 50.5, 60.5, 70.5, 80.5, 90.5]
    assert bins.shares.tolist() == [0.1] * 10


def test_equal_values_stay_together() -> None:
    bins = learn_bins(ORDERS)
    places = np.searchsorted(bins.edges, ORDERS)
    for value in np.unique(ORDERS):
        assert len(np.unique(places[value == ORDERS])) == 1
    # Zeros, ones and twos have a bin each; nobody lies below or between.
    assert bins.shares[bins.shares > 0].round(3).tolist() == [0.6, 0.2, 0.1, 0.1]


def test_the_shares_add_up_and_are_those_of_the_training_users() -> None:
    bins = learn_bins(ORDERS)
    assert bins.shares.sum() == pytest.approx(1)
    assert psi(bins.shares, bins.shares_of(ORDERS)) == 0


@pytest.mark.parametrize("shift", [-1.0, 1.0])
def test_a_constant_that_moves_is_seen_on_either_side(shift: float) -> None:
    bins = learn_bins(np.ones(50))
    moved = psi(bins.shares, bins.shares_of(np.ones(50) + shift))
    # From 1 to the floor and from the floor to 1: twice 0.9999 * ln(10,000).
    assert moved == pytest.approx(2 * 0.9999 * np.log(10_000))


def test_a_constant_that_stays_has_not_moved() -> None:
    bins = learn_bins(np.full(50, 0.3))
    assert psi(bins.shares, bins.shares_of(np.full(9, 0.1 + 0.2))) == 0


def test_fewer_values_than_bins() -> None:
    bins = learn_bins(np.array([1.0, 2.0]))
    assert bins.shares_of(np.array([1.0, 2.0])).tolist() == bins.shares.tolist()
    assert bins.shares[bins.shares > 0].tolist() == [0.5, 0.5]


def test_the_order_of_the_values_does_not_matter() -> None:
    shuffled = np.random.default_rng(0).permutation(ORDERS)
    assert learn_bins(shuffled).edges.tolist() == learn_bins(ORDERS).edges.tolist()


def test_index_by_hand() -> None:
    # (0.4 - 0.5) ln 0.8 + (0.3 - 0.3) ln 1 + (0.3 - 0.2) ln 1.5 = 0.0223 + 0.0405
    assert psi([0.5, 0.3, 0.2], [0.4, 0.3, 0.3]) == pytest.approx(0.0628609, abs=1e-6)


def test_an_emptied_tenth_adds_the_documented_figure() -> None:
    assert psi([0.1, 0.9], [0.0, 0.9]) == pytest.approx(0.0999 * np.log(1000))
    assert psi([0.1, 0.9], [0.0, 0.9]) == pytest.approx(0.69, abs=0.001)


def test_bins_empty_on_both_sides_add_nothing() -> None:
    assert psi([0.0, 0.4, 0.6], [0.0, 0.6, 0.4]) == psi([0.4, 0.6], [0.6, 0.4])


def test_sql_of_the_docstrings_gives_the_same_index() -> None:
    bins = learn_bins(ORDERS)
    now = np.array([0.0] * 30 + [1.0] * 50 + [9.0] * 20)
    connection = duckdb.connect()
    connection.execute("create table users as select unnest($1::double[]) as value", [now.tolist()])
    query = """
        with counted as (
            select len(list_filter($1::double[], lambda edge: value > edge)) as bin,
                   count(*) / sum(count(*)) over () as share
            from users group by bin
        ), learned as (
            select unnest(range(len($2::double[]))) as bin, unnest($2::double[]) as expected
        )
        select sum((greatest(coalesce(share, 0), 0.0001) - greatest(expected, 0.0001))
                   * ln(greatest(coalesce(share, 0), 0.0001) / greatest(expected, 0.0001)))
        from learned left join counted using (bin)
    """
    found = connection.execute(query, [bins.edges.tolist(), bins.shares.tolist()]).fetchone()
    assert found is not None
    assert found[0] == pytest.approx(psi(bins.shares, bins.shares_of(now)))


@pytest.mark.parametrize(
    ("index", "level"), [(0.0999, "stable"), (0.1, "watch"), (0.25, "watch"), (0.2501, "act")]
)
def test_levels(index: float, level: str) -> None:
    assert drift_level(index) == level


def test_noise_is_exceeded_once_in_twenty_times() -> None:
    rng = np.random.default_rng(1)
    shares = np.full(10, 0.1)
    found = [
        psi(rng.multinomial(2_000, shares) / 2_000, rng.multinomial(3_000, shares) / 3_000)
        for _ in range(2_000)
    ]
    assert np.mean(np.array(found) > psi_noise(10, 2_000, 3_000)) == pytest.approx(0.05, abs=0.015)


def test_without_users_everything_is_noise() -> None:
    assert psi_noise(10, 0, 5) == float("inf")


def test_measured_features_come_with_the_worst_first() -> None:
    bins = {name: Bins(np.array([0.0]), np.array([0.5, 0.5])) for name in ("calm", "moved")}
    observed = {"calm": np.array([0.5, 0.5]), "moved": np.array([0.8, 0.2])}
    found = measure_drift(bins, observed, expected_count=1_000, observed_count=1_000)
    assert [drift.feature for drift in found] == ["moved", "calm"]
    # 0.3 ln 1.6 - 0.3 ln 0.4 = 0.3 ln 4
    assert found[0].index == pytest.approx(0.3 * np.log(4))
    assert [drift.level for drift in found] == ["act", "stable"]
    assert found[0].noise < found[0].index


@pytest.mark.parametrize(
    ("values", "message"),
    [([], "no values"), ([1.0, np.nan, np.inf], "2 of 3 values")],
)
def test_values_that_cannot_be_binned(values: list[float], message: str) -> None:
    with pytest.raises(SegmentationError, match=message):
        learn_bins(np.array(values))
