"""What the customers of a store did before a date, and after it, read from the raw files alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

# Lines that differ in nothing the project looks at are one event; what has no user, no known type
# or no price is none. Lines of an order share a session and a day.
_HISTORIES = """
    with lines as (
        select distinct
            event_time[:19]::timestamp as occurred_at,
            trim(event_type) as event_type,
            product_id,
            try_cast(price as decimal(18, 2)) as price,
            try_cast(user_id as bigint) as user_id,
            user_session
        from read_csv('{files}', all_varchar = true, ignore_errors = true)
    ),

    events as (
        select *, occurred_at::date as day, event_type = 'purchase' as is_purchase
        from lines
        where
            user_id is not null
            and price >= 0
            and event_type in ('view', 'cart', 'remove_from_cart', 'purchase')
    ),

    before as (
        select
            user_id,
            {snapshot_date} - min(day) as tenure_days,
            count(*) as event_count,
            count(*) filter (event_type = 'cart') as cart_count,
            count(distinct (user_session, day)) filter (is_purchase) as order_count,
            coalesce(sum(price) filter (is_purchase), 0)::double as revenue,
            ({snapshot_date} - max(day) filter (is_purchase))::double as recency_days,
            (max(day) filter (is_purchase) - min(day) filter (is_purchase))::double
                as order_span_days
        from events
        where day < {snapshot_date}
        group by user_id
    ),

    after as (
        select user_id, sum(price)::double as revenue
        from events
        where is_purchase and day >= {snapshot_date} and day < {snapshot_date} + {outcome_days}
        group by user_id
    )

    select before.*, coalesce(after.revenue, 0) as outcome
    from before
    left join after using (user_id)
    order by user_id
"""


def read_histories(datasets: Path, snapshot_date: date | None, outcome_days: int) -> pd.DataFrame:
    """Return one row per user seen before a date, in the order of the ids.

    Parameters
    ----------
    datasets : Path
        With files in the columns of the project, those after the date among them.
    snapshot_date : date or None
        The first day that is not seen; None: the day after the last event.
    outcome_days : int

    Returns
    -------
    DataFrame indexed by user_id
        `tenure_days`, `event_count`, `cart_count`, `order_count`, `revenue`; `recency_days` and
        `order_span_days` of the orders, NaN without one; `outcome`, the revenue that followed.
    """
    query = _HISTORIES.format(
        files=datasets / "*.csv",
        snapshot_date=f"date '{snapshot_date}'"
        if snapshot_date
        else "(select max(day) + 1 from events)",
        outcome_days=outcome_days,
    )
    with duckdb.connect() as connection:
        return connection.execute(query).df().set_index("user_id")
