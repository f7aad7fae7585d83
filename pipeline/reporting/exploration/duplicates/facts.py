"""Rows that are there more than once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.reporting.exploration.compact_rows import EVENTS, HOURS
from pipeline.reporting.exploration.section import Rows, share

# Rows compared at once when repeated ones are searched for. Their hashes stay close to the
# processor: ten times as many take twice as long.
ROWS_PER_COMPARISON = 1_000_000


@dataclass(frozen=True)
class Duplicates:
    """Rows beyond the first of their kind; those by key among the rows not refused.

    `key_revenue` is the sum of the prices of purchases that repeat a key, the dearest kept.
    """

    whole_row_count: int
    whole_row_share: float
    key_count: int
    key_share: float
    key_revenue: Decimal


_COUNTS = """
select
    count(row_hash) - count(distinct row_hash),
    count(key_hash) - count(distinct key_hash)
from (
    select
        row_hash,
        case
            when not is_refused
                then hash(user_id, occurred_at, kind, other_type, product_id, session_hash)
        end as key_hash
    from {events}
    where {part}
)
"""
# Of 400 million rows a few million are purchases: no need for parts.
_REVENUE = f"""
select coalesce(sum(total - dearest), 0)::decimal(38, 2)
from (
    select sum(price) as total, max(price) as dearest
    from {EVENTS}
    where not is_refused and kind = 'purchase'
    group by user_id, occurred_at, product_id, session_hash
    having count(*) > 1
)
"""
_DAYS = f"""
select hour::date as day, sum(event_count)::bigint from {HOURS}
where hour is not null
group by day
"""


def gather_duplicates(rows: Rows) -> Duplicates:
    """Count the repeated rows, a few days at a time.

    Both kinds of key contain the time, so that a row and its copy always lie in the same part.
    """
    whole = by_key = 0
    days = dict(rows.connection.execute(_DAYS).fetchall())
    for part in ("occurred_at is null", *_day_ranges(days)):
        query = _COUNTS.format(events=EVENTS, part=part)
        more_whole, more_by_key = rows.connection.execute(query).fetchall()[0]
        whole, by_key = whole + more_whole, by_key + more_by_key
    revenue = rows.connection.execute(_REVENUE).fetchall()[0][0]
    total = rows.row_count
    return Duplicates(whole, share(whole, total), by_key, share(by_key, total), revenue)


def _day_ranges(day_counts: Mapping[dt.date, int]) -> list[str]:
    ranges, first, rows = [], None, 0
    days = sorted(day_counts)
    for day in days:
        first = first or day
        rows += day_counts[day]
        if rows >= ROWS_PER_COMPARISON or day == days[-1]:
            ranges.append(
                f"occurred_at >= date '{first}' and occurred_at < date '{day}' + interval 1 day"
            )
            first, rows = None, 0
    return ranges
