"""What campaigns changed: small tables by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ml.outcomes.campaign_results import RESULTS_SCHEMA, needed_count, results_of_campaigns
from ml.outcomes.rate_difference import rate_difference

_GROUPS = pa.schema(
    [
        ("campaign", pa.string()),
        ("segment_id", pa.int32()),
        ("is_control", pa.bool_()),
        ("member_count", pa.int64()),
    ]
)
_PURCHASES = pa.schema(
    [
        ("campaign", pa.string()),
        ("user_id", pa.int64()),
        ("segment_id", pa.int32()),
        ("is_control", pa.bool_()),
        ("day_number", pa.int32()),
        ("order_count", pa.int64()),
        ("revenue", pa.decimal128(18, 2)),
    ]
)


def _campaigns(days: int = 30, observed: int = 40, name: str = "spring") -> pa.Table:
    return pa.table({"campaign": [name], "day_count": [days], "observed_day_count": [observed]})


def _groups(*groups: tuple[int | None, bool, int], name: str = "spring") -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(_GROUPS.names, (name, *one), strict=True)) for one in groups], schema=_GROUPS
    )


def _purchases(*bought: tuple[int, int | None, bool, int, int, str]) -> pa.Table:
    rows = [(*one[:-1], Decimal(one[-1])) for one in bought]
    return pa.Table.from_pylist(
        [dict(zip(_PURCHASES.names, ("spring", *row), strict=True)) for row in rows],
        schema=_PURCHASES,
    )


def _row(found: pa.Table, period: str, group_id: str) -> dict[str, Any]:
    rows = found.to_pylist()
    return next(row for row in rows if (row["period"], row["group_id"]) == (period, group_id))


FOUR_GROUPS = _groups((0, False, 90), (0, True, 10), (None, False, 36), (None, True, 4))


def test_buyers_and_revenue_are_those_of_the_days_of_the_campaign() -> None:
    bought = _purchases(
        (1, 0, False, 0, 1, "10.00"),
        (1, 0, False, 29, 1, "5.00"),
        (2, 0, False, 30, 1, "99.00"),  # after its last day
        (3, 0, True, 5, 2, "7.50"),
        (4, None, False, 5, 0, "-3.00"),  # a refund makes no buyer
        (5, None, False, -1, 1, "20.00"),
        (6, 0, True, -31, 1, "50.00"),  # longer before than the campaign lasts
    )
    found = results_of_campaigns(_campaigns(), FOUR_GROUPS, bought)
    assert found.schema == RESULTS_SCHEMA
    segment = _row(found, "after", "0")
    assert (segment["treated_count"], segment["control_count"]) == (90, 10)
    assert (segment["treated_buyer_count"], segment["control_buyer_count"]) == (1, 1)
    assert (segment["treated_revenue"], segment["control_revenue"]) == (
        Decimal("15.00"), Decimal("7.50"),
    )  # fmt: skip
    assert segment["buyer_rate_difference"] == pytest.approx(1 / 90 - 1 / 10)
    assert segment["buyer_rate_uplift"] == pytest.approx((1 / 90 - 1 / 10) / (1 / 10))
    assert segment["mean_revenue_difference"] == pytest.approx(15 / 90 - 7.5 / 10)
    nobody = _row(found, "after", "none")
    assert (nobody["treated_buyer_count"], nobody["treated_revenue"]) == (0, Decimal("-3.00"))
    before = _row(found, "before", "all")
    assert (before["treated_buyer_count"], before["control_buyer_count"]) == (1, 0)
    assert before["day_count"] == _row(found, "after", "all")["day_count"] == 30


def test_all_together_are_compared_within_segments() -> None:
    groups = _groups((0, False, 180), (0, True, 20), (1, False, 720), (1, True, 80))
    bought = _purchases(
        *((user, 0, False, 1, 1, "10.00") for user in range(90)),
        *((user, 0, True, 1, 1, "10.00") for user in range(200, 208)),
        *((user, 1, False, 1, 1, "10.00") for user in range(300, 310)),
        (400, 1, True, 1, 1, "10.00"),
    )
    row = _row(results_of_campaigns(_campaigns(), groups, bought), "after", "all")
    expected = rate_difference(np.array([[90, 8], [10, 1]]), np.array([[180, 20], [720, 80]]))
    assert row["buyer_rate_difference"] == pytest.approx(expected[0])
    assert row["buyer_rate_difference_lower"] == pytest.approx(expected[1])
    assert (row["treated_count"], row["control_count"]) == (900, 100)
    assert row["buyer_needed_count"] == needed_count(1000, expected[3])


def test_a_campaign_that_has_begun_is_compared_as_far_as_it_goes() -> None:
    bought = _purchases((1, 0, False, 3, 1, "10.00"))
    found = results_of_campaigns(_campaigns(observed=4), FOUR_GROUPS, bought)
    assert _row(found, "after", "all")["day_count"] == 4
    assert _row(found, "before", "all")["day_count"] == 30
    found = results_of_campaigns(_campaigns(observed=0), FOUR_GROUPS, bought)
    assert set(found["period"].to_pylist()) == {"before"}


def test_a_group_without_people_has_no_difference() -> None:
    found = results_of_campaigns(
        _campaigns(), _groups((0, False, 30), (1, False, 90), (1, True, 12)), _purchases()
    )
    alone = _row(found, "after", "0")
    assert (alone["treated_count"], alone["control_count"]) == (30, 0)
    assert alone["buyer_rate_difference"] is alone["mean_revenue_difference"] is None
    # In all, nobody is left out: the small one is compared together with the next.
    together = _row(found, "after", "all")
    assert (together["treated_count"], together["control_count"]) == (120, 12)
    assert together["buyer_rate_difference"] == 0


def test_campaigns_do_not_mix_and_none_is_no_row() -> None:
    campaigns = pa.concat_tables([_campaigns(), _campaigns(name="summer")])
    groups = pa.concat_tables([FOUR_GROUPS, _groups((0, False, 50), (0, True, 50), name="summer")])
    bought = _purchases((1, 0, False, 0, 1, "10.00"))
    rows = results_of_campaigns(campaigns, groups, bought).to_pylist()
    summer = [row for row in rows if row["campaign"] == "summer"]
    assert {row["treated_buyer_count"] for row in summer} == {0}
    empty = results_of_campaigns(campaigns.slice(0, 0), groups, bought)
    assert (len(empty), empty.schema) == (0, RESULTS_SCHEMA)
