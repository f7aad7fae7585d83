"""What a campaign changed: treated beside control, by segment and in all, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import norm

from ml.outcomes.campaign import ALPHA, POWER
from ml.outcomes.mean_difference import Stratum, mean_difference
from ml.outcomes.rate_difference import rate_difference

#: The group of those without a segment, and that of all together.
NO_SEGMENT, ALL = "none", "all"
#: Smaller ones of a segment are compared together: a variance of two people is none.
LEAST_MEMBERS = 10
# As many days before a campaign are kept.
_DAYS_BEFORE = 90

_FIGURES = [
    ("treated_count", pa.int64()),
    ("control_count", pa.int64()),
    ("treated_buyer_count", pa.int64()),
    ("control_buyer_count", pa.int64()),
    ("treated_buyer_rate", pa.float64()),
    ("control_buyer_rate", pa.float64()),
    ("buyer_rate_difference", pa.float64()),
    ("buyer_rate_difference_lower", pa.float64()),
    ("buyer_rate_difference_upper", pa.float64()),
    ("buyer_rate_uplift", pa.float64()),
    ("buyer_needed_count", pa.int64()),
    ("treated_revenue", pa.decimal128(18, 2)),
    ("control_revenue", pa.decimal128(18, 2)),
    ("treated_mean_revenue", pa.float64()),
    ("control_mean_revenue", pa.float64()),
    ("mean_revenue_difference", pa.float64()),
    ("mean_revenue_difference_lower", pa.float64()),
    ("mean_revenue_difference_upper", pa.float64()),
    ("mean_revenue_uplift", pa.float64()),
    ("revenue_needed_count", pa.int64()),
]
#: One row per campaign, period and group.
RESULTS_SCHEMA = pa.schema(
    [
        ("campaign", pa.string()),
        ("period", pa.string()),
        ("group_id", pa.string()),
        ("day_count", pa.int32()),
        *_FIGURES,
    ]
)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one group of one segment did: how many they are, who bought, what each spender spent."""

    member_count: int = 0
    buyer_count: int = 0
    revenue: Decimal = Decimal("0.00")
    amounts: np.ndarray = field(default_factory=lambda: np.empty(0))


#: Treated and control of one segment.
Pair = tuple[Outcome, Outcome]


def results_of_campaigns(campaigns: pa.Table, groups: pa.Table, purchases: pa.Table) -> pa.Table:
    """Return what each campaign changed, as far as the data show it.

    Everybody who was drawn counts, reached or not: what is compared is what was drawn. 'after' are
    the first days of the campaign, `day_count` of them or as many as there are; without any there
    is no such row. 'before' are as many days before it, when there was nothing to change: what
    differs there says how well the draw came out.

    Parameters
    ----------
    campaigns : table with `campaign`, `day_count`, `observed_day_count`
    groups : table with `campaign`, `segment_id`, `is_control`, `member_count`
    purchases : table with `campaign`, `user_id`, `segment_id`, `is_control`, `day_number`,
        `order_count`, `revenue`
        Days on which members bought; 0 is the first of the campaign.

    Returns
    -------
    table of `RESULTS_SCHEMA`
        The group 'all' compares within segments and adds up. Differences are treated less control;
        limits are those of 95 % intervals. An uplift is the difference divided by what the control
        did. `needed` is how many members, in both groups, would decide such a difference 8 times in
        10; null where the interval decides it.
    """
    rows: list[dict[str, Any]] = []
    for campaign in campaigns.to_pylist():
        of_campaign = pc.field("campaign") == campaign["campaign"]
        members, bought = groups.filter(of_campaign), purchases.filter(of_campaign)
        for period, first, last in _periods(campaign):
            pairs = _pairs(members, bought, first, last)
            named = {
                "campaign": campaign["campaign"],
                "period": period,
                "day_count": last - first,
            }
            for group_id, strata in [(ALL, comparable(pairs)), *_each(pairs)]:
                rows.append(named | {"group_id": group_id} | _compared(strata))
    return pa.Table.from_pylist(rows, schema=RESULTS_SCHEMA)


def comparable(pairs: Mapping[str, Pair]) -> list[Pair]:
    """Return the strata of a comparison: small ones are put together until there are enough.

    Everybody had the same chance to be drawn, so any of them may be put together.

    Examples
    --------
    >>> pairs = {"0": (Outcome(90), Outcome(10)), "1": (Outcome(9), Outcome(1))}
    >>> [tuple(side.member_count for side in pair) for pair in comparable(pairs)]
    [(99, 11)]
    """
    strata = sorted(pairs.values(), key=lambda pair: min(side.member_count for side in pair))
    while len(strata) > 1 and min(side.member_count for side in strata[0]) < LEAST_MEMBERS:
        first, second, *rest = strata
        merged = (_together(first[0], second[0]), _together(first[1], second[1]))
        strata = sorted([merged, *rest], key=lambda pair: min(side.member_count for side in pair))
    return strata


def _together(one: Outcome, other: Outcome) -> Outcome:
    return Outcome(
        one.member_count + other.member_count,
        one.buyer_count + other.buyer_count,
        one.revenue + other.revenue,
        np.concatenate([one.amounts, other.amounts]),
    )


def _each(pairs: Mapping[str, Pair]) -> Iterator[tuple[str, list[Pair]]]:
    for group_id in sorted(pairs):
        yield group_id, [pairs[group_id]]


def _periods(campaign: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Name the two periods with their first day and the day after their last."""
    yield "before", -min(campaign["day_count"], _DAYS_BEFORE), 0
    if campaign["observed_day_count"]:
        yield "after", 0, min(campaign["day_count"], campaign["observed_day_count"])


def _pairs(members: pa.Table, purchases: pa.Table, first: int, last: int) -> dict[str, Pair]:
    """Return what both groups of each segment did between two days."""
    within = (pc.field("day_number") >= first) & (pc.field("day_number") < last)
    by_user = (
        purchases.filter(within)
        .group_by(["segment_id", "is_control", "user_id"])
        .aggregate([("order_count", "sum"), ("revenue", "sum")])
    )
    found: dict[str, list[Outcome]] = {}
    for row in members.to_pylist():
        segment_id, is_control = row["segment_id"], row["is_control"]
        of_segment = pc.field("segment_id") == segment_id
        if segment_id is None:
            of_segment = pc.field("segment_id").is_null()
        theirs = by_user.filter(of_segment & (pc.field("is_control") == is_control))
        pair = found.setdefault(_group_id(segment_id), [Outcome(), Outcome()])
        pair[is_control] = _outcome(row["member_count"], theirs)
    return {group_id: (pair[0], pair[1]) for group_id, pair in found.items()}


def _group_id(segment_id: int | None) -> str:
    return NO_SEGMENT if segment_id is None else str(segment_id)


def _outcome(member_count: int, by_user: pa.Table) -> Outcome:
    # Decimal: the sum does not depend on the order.
    revenue = pc.sum(by_user["revenue_sum"]).as_py() or Decimal(0)
    amounts = np.sort(pc.cast(by_user["revenue_sum"], pa.float64()).to_numpy())
    buyers = pc.sum(pc.greater(by_user["order_count_sum"], 0)).as_py() or 0
    spent = amounts[amounts != 0]
    return Outcome(member_count, buyers, revenue.quantize(Decimal("0.01")), spent)


def _compared(strata: list[Pair]) -> dict[str, Any]:
    """Return the figures of a comparison over strata."""
    sides = [[pair[side] for pair in strata] for side in (0, 1)]
    figures: dict[str, Any] = {}
    for name, side in zip(("treated", "control"), sides, strict=True):
        count = sum(one.member_count for one in side)
        buyers = sum(one.buyer_count for one in side)
        revenue = sum((one.revenue for one in side), Decimal(0))
        figures |= {
            f"{name}_count": count,
            f"{name}_buyer_count": buyers,
            f"{name}_buyer_rate": buyers / count if count else None,
            f"{name}_revenue": revenue,
            f"{name}_mean_revenue": float(revenue) / count if count else None,
        }
    if any(not one.member_count for pair in strata for one in pair):
        return figures
    count = figures["treated_count"] + figures["control_count"]
    rates = rate_difference(
        np.array([[one.buyer_count for one in pair] for pair in strata]),
        np.array([[one.member_count for one in pair] for pair in strata]),
    )
    means = mean_difference([_stratum(pair) for pair in strata])
    return (
        figures
        | _difference("buyer_rate", "buyer", rates, figures["control_buyer_rate"], count)
        | _difference("mean_revenue", "revenue", means, figures["control_mean_revenue"], count)
    )


def _stratum(pair: Pair) -> Stratum:
    treated, control = pair
    return Stratum(
        treated.amounts,
        control.amounts,
        treated.member_count,
        control.member_count,
    )


def _difference(
    figure: str, subject: str, found: tuple[Any, ...], base: float, count: int
) -> dict[str, Any]:
    difference, lower, upper, errors = found
    return {
        f"{figure}_difference": difference,
        f"{figure}_difference_lower": lower,
        f"{figure}_difference_upper": upper,
        f"{figure}_uplift": difference / base if base > 0 else None,
        f"{subject}_needed_count": needed_count(count, errors),
    }


def needed_count(count: int, errors: float | None) -> int | None:
    """Return how many members would decide a difference that so many left undecided.

    An error shrinks with the root of the number, so that the same difference lies more errors from
    0. Null where it is decided, or nothing differs.

    Examples
    --------
    >>> needed_count(1000, 1.4), needed_count(1000, 2.5), needed_count(1000, 0.0)
    (4005, None, None)
    """
    critical, aim = norm.ppf(1 - ALPHA / 2), norm.ppf(1 - ALPHA / 2) + norm.ppf(POWER)
    if errors is None or abs(errors) >= critical or abs(errors) < 1e-3:
        return None
    return ceil(count * float(aim / errors) ** 2)
