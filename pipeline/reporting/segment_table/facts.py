"""What is said of each segment in one line, read from the publication alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb

from pipeline.reporting.kit.disclosure import is_small

# Of whom a segment was worth what: the members at the last snapshot that a whole month followed.
_LINES = """
with

names as (

    select texts.segment_id, texts.segment_name
    from marts.segment_texts as texts
    inner join marts.current_segment_model as model
        on texts.model_version = model.model_version and texts.segment_id = model.segment_id
    where texts.language = ?

),

outcomes as (

    select
        try_cast(group_id as integer) as segment_id, snapshot_date,
        if(user_count between 1 and ? - 1, null, buyer_rate) as buyer_rate
    from marts.segment_value
    where scheme = 'segment'
    qualify snapshot_date = max(snapshot_date) over ()

),

latest_migrations as (

    select * from marts.segment_migrations
    where kind = 'month'
    qualify to_date = max(to_date) over ()

),

former as (

    select from_segment_id as segment_id, sum(user_count)::bigint as former_count
    from latest_migrations
    group by from_segment_id

),

later as (

    select to_segment_id as segment_id, sum(user_count)::bigint as later_count
    from latest_migrations
    group by to_segment_id

)

select
    profiles.segment_id, names.segment_name, profiles.user_count, profiles.revenue_share,
    outcomes.buyer_rate, former.former_count, later.later_count,
    (select any_value(snapshot_date) from outcomes) as value_date,
    (select any_value(from_date) from latest_migrations) as former_date
from marts.segment_profiles as profiles
inner join names on profiles.segment_id = names.segment_id
left join outcomes on profiles.segment_id = outcomes.segment_id
left join former on profiles.segment_id = former.segment_id
left join later on profiles.segment_id = later.segment_id
order by profiles.revenue desc, profiles.segment_id
"""


@dataclass(frozen=True)
class SegmentLine:
    """One segment; what is not known, or that of too few people, is None.

    `revenue_share` is that of the revenue of all customers with a segment, `buyer_rate` the share
    that bought in the month after `value_date`, `change` the growth since `former_date`.
    """

    segment_id: int
    name: str
    user_count: int | None
    revenue_share: float | None
    buyer_rate: float | None
    change: float | None
    value_date: dt.date | None
    former_date: dt.date | None


def segment_lines(
    connection: duckdb.DuckDBPyConnection, language: str, minimum: int
) -> list[SegmentLine]:
    """Return a line for each segment, the one with most revenue first.

    Parameters
    ----------
    connection : duckdb connection
        On a publication.
    language : str
        That of the names.
    minimum : int
        No group of fewer people is counted.
    """
    rows = connection.execute(_LINES, [language, minimum]).fetchall()
    return [_line(row, minimum) for row in rows]


def _line(row: tuple, minimum: int) -> SegmentLine:
    segment_id, name, count, share, rate, former, later, value_date, former_date = row
    is_hidden = is_small(count, minimum)
    is_comparable = not is_hidden and (former or 0) >= minimum and (later or 0) >= minimum
    return SegmentLine(
        segment_id,
        name,
        None if is_hidden else count,
        None if is_hidden else share,
        None if is_hidden else rate,
        later / former - 1 if is_comparable else None,
        value_date,
        former_date,
    )
