"""What segments are worth, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import isnan

import numpy as np
import pyarrow as pa
import pytest

from ml.outcomes.value import (
    SHARES_SCHEMA,
    VALUE_SCHEMA,
    adjusted_variance_explained,
    shares_by_scheme,
    value_by_group,
    variance_explained,
)

NOVEMBER, DECEMBER = date(2019, 11, 1), date(2019, 12, 1)


def users(rows: list[tuple[date, int, str, str, bool]]) -> pa.Table:
    """Rows of snapshot date, segment, RFM group, revenue and whether the user came back."""
    return pa.table(
        {
            "snapshot_date": pa.array([row[0] for row in rows], pa.date32()),
            "model_version": pa.array([3] * len(rows), pa.int32()),
            "segment_id": pa.array([row[1] for row in rows], pa.int32()),
            "rfm_group": pa.array([row[2] for row in rows], pa.string()),
            "rfm_cell": pa.array([row[2] for row in rows], pa.string()),
            "next_revenue": pa.array([Decimal(row[3]) for row in rows], pa.decimal128(18, 2)),
            "has_bought": pa.array([Decimal(row[3]) > 0 for row in rows], pa.bool_()),
            "has_returned": pa.array([row[4] for row in rows], pa.bool_()),
            "features": pa.array([[0.5]] * len(rows), pa.list_(pa.float64())),
        }
    )


FOUR = users(
    [
        (NOVEMBER, 0, "lost", "0.00", False),
        (NOVEMBER, 0, "new", "10.00", True),
        (NOVEMBER, 1, "new", "0.00", True),
        (NOVEMBER, 1, "new", "0.00", True),
    ]
)


def test_half_of_the_variance_lies_between_two_groups() -> None:
    # Means 1 and 3, everybody 1 from the own mean and 1 more or less from 2: 4 of 8.
    assert variance_explained(np.array([0, 0, 1, 1]), np.array([0.0, 2.0, 2.0, 4.0])) == 0.5


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([7, 7, 7, 7], 0.0),
        ([0, 1, 2, 3], 1.0),
        (["b", "b", "a", "a"], 0.5),
        ([1, 0, 0, 1], 0.0),
    ],
)
def test_the_share_depends_on_who_is_together(labels: list, expected: float) -> None:
    outcomes = np.array([0.0, 2.0, 2.0, 4.0])
    assert variance_explained(np.array(labels), outcomes) == pytest.approx(expected)


@pytest.mark.parametrize("outcomes", [[], [5.0, 5.0, 5.0]])
def test_nothing_can_be_explained_where_nothing_differs(outcomes: list[float]) -> None:
    labels = np.arange(len(outcomes))
    assert isnan(variance_explained(labels, np.array(outcomes)))
    assert isnan(adjusted_variance_explained(labels, np.array(outcomes)))


def test_groups_of_one_explain_nothing_of_others() -> None:
    outcomes = np.array([0.0, 2.0, 2.0, 4.0])
    assert isnan(adjusted_variance_explained(np.arange(4), outcomes))
    # 1 - (1 - 0.5) * 3 / 2 = 0.25; without a share, 1 - 1 * 3 / 2 counts as 0.
    assert adjusted_variance_explained(np.array([0, 0, 1, 1]), outcomes) == pytest.approx(0.25)
    assert adjusted_variance_explained(np.array([0, 1, 1, 0]), outcomes) == 0.0


def test_many_random_groups_are_seen_through() -> None:
    rng = np.random.default_rng(1)
    labels, outcomes = rng.integers(0, 100, 2_000), rng.normal(size=2_000)
    assert variance_explained(labels, outcomes) == pytest.approx(99 / 1999, abs=0.02)
    assert adjusted_variance_explained(labels, outcomes) < 0.02


def test_rates_means_and_lifts_of_a_group() -> None:
    found = value_by_group(FOUR)
    assert found.schema == VALUE_SCHEMA
    rows = {(row["scheme"], row["group_id"]): row for row in found.to_pylist()}
    everybody, first = rows["all", "all"], rows["segment", "0"]
    assert (everybody["user_count"], everybody["buyer_count"]) == (4, 1)
    assert (everybody["buyer_rate"], everybody["return_rate"]) == (0.25, 0.75)
    assert everybody["revenue"] == Decimal("10.00")
    assert (everybody["mean_revenue"], everybody["buyer_lift"]) == (2.5, 1.0)
    assert (first["user_count"], first["buyer_rate"], first["mean_revenue"]) == (2, 0.5, 5.0)
    assert (first["buyer_lift"], first["revenue_lift"]) == (2.0, 2.0)
    assert first["return_lift"] == pytest.approx(0.5 / 0.75)
    # Wilson: 1 of 2 lies in 0.5 -+ 1.96 / (1 + 1.96^2 / 2) sqrt(0.25 / 2 + 1.96^2 / 16).
    assert first["buyer_rate_lower"] == pytest.approx(0.0945, abs=1e-4)
    assert first["buyer_rate_upper"] == pytest.approx(0.9055, abs=1e-4)
    # One buyer does not tell how others spend.
    assert (first["mean_revenue_lower"], first["mean_revenue_upper"]) == (None, None)
    assert (first["snapshot_date"], first["model_version"]) == (NOVEMBER, 3)


def test_every_scheme_holds_everybody_at_each_snapshot() -> None:
    later = users([(DECEMBER, 1, "new", "3.00", True), (DECEMBER, 4, "loyal", "0.00", False)])
    found = value_by_group(pa.concat_tables([FOUR, later])).to_pylist()
    counts: dict[tuple, int] = {}
    for row in found:
        key = (row["snapshot_date"], row["scheme"])
        counts[key] = counts.get(key, 0) + row["user_count"]
    assert counts == {
        (snapshot_date, scheme): count
        for snapshot_date, count in ((NOVEMBER, 4), (DECEMBER, 2))
        for scheme in ("all", "segment", "rfm_group", "rfm_cell")
    }
    assert {row["group_id"] for row in found if row["scheme"] == "segment"} == {"0", "1", "4"}


def test_a_lift_over_nothing_is_unknown() -> None:
    nobody = users([(NOVEMBER, 0, "new", "0.00", False), (NOVEMBER, 1, "new", "0.00", False)])
    row = value_by_group(nobody).to_pylist()[0]
    assert (row["buyer_lift"], row["revenue_lift"], row["return_lift"]) == (None, None, None)
    assert row["buyer_rate"] == 0
    shares = shares_by_scheme(nobody).to_pylist()
    assert {row["variance_share"] for row in shares} == {None}


def test_money_adds_up_to_the_cent() -> None:
    many = users([(NOVEMBER, 0, "new", "0.10", True)] * 30_000)
    assert value_by_group(many).to_pylist()[0]["revenue"] == Decimal("3000.00")


def test_a_single_user_has_no_interval_of_the_mean() -> None:
    rows = value_by_group(FOUR).to_pylist()
    lost = next(row for row in rows if row["group_id"] == "lost")
    assert (lost["mean_revenue"], lost["mean_revenue_lower"]) == (0, None)


def test_shares_of_schemes_side_by_side() -> None:
    four = users(
        [
            (NOVEMBER, 0, "a", "0.00", True),
            (NOVEMBER, 0, "b", "1.00", True),
            (NOVEMBER, 1, "b", "1.00", True),
            (NOVEMBER, 1, "b", "1.00", True),
        ]
    )
    found = shares_by_scheme(four)
    assert found.schema == SHARES_SCHEMA
    rows = {row["scheme"]: row for row in found.to_pylist()}
    # In units of log 2: the mean is 0.75, the variance 0.75 in all; means of 0.5 and 1 keep 0.25.
    assert rows["segment"]["variance_share"] == pytest.approx(1 / 3)
    assert rows["segment"]["held_out_share"] == 0.0
    assert (rows["segment"]["group_count"], rows["segment"]["user_count"]) == (2, 4)
    assert rows["rfm_group"]["variance_share"] == pytest.approx(1)
    # Four users are too few to train on.
    assert (rows["boosting"]["variance_share"], rows["boosting"]["group_count"]) == (None, None)


def test_no_snapshot_gives_no_row() -> None:
    assert value_by_group(FOUR.slice(0, 0)).num_rows == 0
    assert shares_by_scheme(FOUR.slice(0, 0)).num_rows == 0
