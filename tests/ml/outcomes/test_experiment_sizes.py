"""The table of experiments, from responses written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from ml.outcomes.campaign import arm_size
from ml.outcomes.experiment_sizes import EXPERIMENTS_SCHEMA, experiment_sizes

NOVEMBER, DECEMBER = date(2019, 11, 1), date(2019, 12, 1)


def response(
    segment: int, customers: int, counts: tuple[int, int] | None, *, months: int = 1
) -> dict[str, Any]:
    """Return who responded, of how many; nothing was measured without them."""
    responders, measured = counts or (0, 0)
    return {
        "segment_id": segment,
        "month_count": months,
        "snapshot_date": None if counts is None else NOVEMBER if months > 1 else DECEMBER,
        "customer_count": customers,
        "responder_count": responders,
        "measured_count": measured,
    }


def rows_of(*responses: dict[str, Any]) -> list[dict[str, Any]]:
    found = experiment_sizes(pa.Table.from_pylist(list(responses)))
    assert found.schema == EXPERIMENTS_SCHEMA
    return found.to_pylist()


def test_a_segment_has_a_row_for_every_number_of_months() -> None:
    needed, sooner = arm_size(0.5, 0.55), arm_size(0.2, 0.22)
    first, second = rows_of(
        response(4, 2 * needed, (50, 100), months=2), response(4, 2 * needed, (40, 200))
    )
    assert (first["month_count"], first["state"]) == (1, "too_small")
    assert (first["base_rate"], first["customers_per_arm"]) == (0.2, sooner)
    assert second == {
        "experiment": "segment",
        "segment_id": 4,
        "segment_count": 1,
        "pool_place": None,
        "month_count": 2,
        "snapshot_date": NOVEMBER,
        "customer_count": 2 * needed,
        "responder_count": 50,
        "measured_count": 100,
        "base_rate": 0.5,
        "effect": 0.1,
        "state": "feasible",
        "customers_per_arm": needed,
        "smallest_effect": pytest.approx(0.1, abs=1e-4),
    }


def test_small_segments_are_pooled_by_the_buyers_to_expect_in_their_first_month() -> None:
    """100, 400 and 30 are to be expected; segment 3 is large enough, and was not measured later."""
    found = rows_of(
        response(0, 1_000, (10, 100)),
        response(1, 2_000, (200, 1_000)),
        response(1, 2_000, (900, 1_000), months=2),
        response(2, 300, (5, 50)),
        response(3, 900_000, (10, 100)),
    )
    places = {(row["segment_id"], row["month_count"]): row["pool_place"] for row in found[:5]}
    assert places == {(1, 1): 1, (0, 1): 2, (2, 1): 3, (1, 2): None, (3, 1): None}
    two, three = found[5:]
    assert {(row["experiment"], row["segment_id"], row["pool_place"]) for row in (two, three)} == {
        ("pool", None, None)
    }
    assert (two["segment_count"], two["customer_count"]) == (2, 3_000)
    assert (two["responder_count"], two["measured_count"]) == (210, 1_100)
    # Not 210 of 1,100: the segments count by their customers of today.
    assert two["base_rate"] == pytest.approx(500 / 3_000)
    assert two["customers_per_arm"] == arm_size(500 / 3_000, 550 / 3_000)
    assert (three["segment_count"], three["customer_count"]) == (3, 3_300)
    assert three["base_rate"] == pytest.approx(530 / 3_300)
    assert (three["month_count"], three["snapshot_date"], three["state"]) == (
        1,
        DECEMBER,
        "too_small",
    )


def test_what_was_not_measured_says_so() -> None:
    found = rows_of(response(0, 50, None), response(1, 50, (0, 30)))
    assert [(row["state"], row["base_rate"], row["snapshot_date"]) for row in found] == [
        ("not_measured", None, None),
        ("nobody_responds", 0.0, DECEMBER),
    ]
    assert {row["customers_per_arm"] for row in found} == {None}


def test_without_segments_there_is_no_experiment() -> None:
    schema = pa.Table.from_pylist([response(0, 1, None)]).schema
    assert experiment_sizes(schema.empty_table()).num_rows == 0
