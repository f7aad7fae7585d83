"""How large an experiment with each segment has to be, with several, or over several months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from ml.outcomes.campaign import TestPlan, TestPool, plan_pools, plan_test

#: Smallest relative effect that an experiment is planned for: a rate one tenth higher. A rarer
#: success than that is hardly worth a campaign; a larger effect needs fewer customers.
EFFECT = 0.10

#: One row per experiment: a segment and a number of months, or a pool of segments.
EXPERIMENTS_SCHEMA = pa.schema(
    [
        ("experiment", pa.string()),
        ("segment_id", pa.int32()),
        ("segment_count", pa.int64()),
        ("pool_place", pa.int64()),
        ("month_count", pa.int64()),
        ("snapshot_date", pa.date32()),
        ("customer_count", pa.int64()),
        ("responder_count", pa.int64()),
        ("measured_count", pa.int64()),
        ("base_rate", pa.float64()),
        ("effect", pa.float64()),
        ("state", pa.string()),
        ("customers_per_arm", pa.int64()),
        ("smallest_effect", pa.float64()),
    ]
)


def experiment_sizes(responses: pa.Table, *, effect: float = EFFECT) -> pa.Table:
    """Return every experiment that the segments allow, and whether it is large enough.

    Parameters
    ----------
    responses : table with one row per segment and number of months, each segment with its first
        `segment_id`, `month_count`, `snapshot_date`, `customer_count` (those of today), who
        responded of those whose response was measured, `responder_count` and `measured_count`.
    effect : float above 0

    Returns
    -------
    table of `EXPERIMENTS_SCHEMA`
        The segments, by month; then the pools of `plan_pools`, each of the segments in the first
        `segment_count` places.
    """
    planned = [
        (row, _plan(row, effect))
        for row in sorted(
            responses.to_pylist(), key=lambda row: (row["segment_id"], row["month_count"])
        )
    ]
    first = {row["segment_id"]: (row, plan) for row, plan in planned if row["month_count"] == 1}
    pools = plan_pools({segment: plan for segment, (_, plan) in first.items()})
    order = pools[-1].groups if pools else ()
    alone = [_alone(row, plan, order) for row, plan in planned]
    pooled = [_pooled(pool, [first[segment][0] for segment in pool.groups]) for pool in pools]
    return pa.Table.from_pylist([*alone, *pooled], schema=EXPERIMENTS_SCHEMA)


def _plan(response: Mapping[str, Any], effect: float) -> TestPlan:
    counts = ("customer_count", "responder_count", "measured_count")
    return plan_test(*(response[name] for name in counts), effect=effect)


def _alone(response: Mapping[str, Any], plan: TestPlan, order: tuple[int, ...]) -> dict[str, Any]:
    segment = response["segment_id"]
    is_small = segment in order and response["month_count"] == 1
    return _row(response, plan) | {
        "experiment": "segment",
        "segment_id": segment,
        "segment_count": 1,
        "pool_place": order.index(segment) + 1 if is_small else None,
    }


def _pooled(pool: TestPool, responses: list[dict[str, Any]]) -> dict[str, Any]:
    together = responses[0] | {
        name: sum(row[name] for row in responses) for name in ("responder_count", "measured_count")
    }
    return _row(together, pool.plan) | {"experiment": "pool", "segment_count": len(pool.groups)}


def _row(response: Mapping[str, Any], plan: TestPlan) -> dict[str, Any]:
    measured = ("month_count", "snapshot_date", "responder_count", "measured_count")
    return {name: response[name] for name in measured} | {
        "customer_count": plan.segment_size,
        "base_rate": plan.base_rate,
        "effect": plan.effect,
        "state": plan.state,
        "customers_per_arm": plan.arm_size,
        "smallest_effect": plan.detectable_effect,
    }
