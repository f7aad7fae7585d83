"""What a control of this size can show, by what such customers did before."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ml.outcomes.campaign import plan_test
from ml.outcomes.control_group import detectable_rate, needed_customers

# A change of a tenth: what the test sizes of the report are for.
EFFECT = 0.10
_EXPECTED = """
    with members as (
        select coalesce(segment_id::text, 'none') as group_id, is_control, count(*) as member_count
        from marts.campaign_members
        where campaign = ?
        group by all
    ),

    past as (
        select group_id, buyer_rate
        from marts.segment_value
        where
            scheme = 'segment'
            and snapshot_date = (select max(snapshot_date) from marts.segment_value)
    ),

    -- Of those of whom it was not watched: without a segment, or in a new one.
    before as (
        select
            group_id,
            (treated_buyer_count + control_buyer_count) / (treated_count + control_count)
                as buyer_rate
        from marts.campaign_results
        where campaign = ? and period = 'before'
    )

    select
        sum(member_count) filter (where not is_control),
        sum(member_count) filter (where is_control),
        sum(member_count * coalesce(past.buyer_rate, before.buyer_rate)) / sum(member_count)
    from members
    left join past using (group_id)
    left join before using (group_id)
"""


@dataclass(frozen=True)
class Advice:
    """What to expect of a campaign.

    `base_rate` is the share of such customers who bought in the last month that was watched, None
    where there is none at all; `detectable_rate` the smallest higher rate that the groups show 8
    times in 10; `needed_count` the customers, in both groups, who show a rise by `EFFECT`.
    """

    treated_count: int
    control_count: int
    base_rate: float | None
    detectable_rate: float | None
    needed_count: int | None


def advice_on(connection: duckdb.DuckDBPyConnection, name: str) -> Advice:
    """Return what a campaign that was drawn can show."""
    treated, control, rate = connection.execute(_EXPECTED, [name, name]).fetchall()[0]
    treated, control = int(treated), int(control)
    if rate is None or plan_test(treated, round(rate * 10**6), 10**6, effect=EFFECT).state in (
        "nobody_responds",
        "everybody_responds",
        "no_room",
    ):
        return Advice(treated, control, rate, None, None)
    share = control / (treated + control)
    return Advice(
        treated,
        control,
        rate,
        detectable_rate(rate, treated, control),
        needed_customers(rate, rate * (1 + EFFECT), share),
    )
