"""The tables that questions are asked of, made in one pass over the raw files.

What costs is writing them, not computing: a column of three million rows takes as long as a tenth
of parsing them, even an empty one. So names that recur are enums, and what only refused rows have,
or only those of unknown types, shares a column. Days, sessions and users are counted once.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipeline.reporting.exploration.raw_columns import COLUMNS, KINDS, OTHER, VIEW, bits_sql

SCRATCH = "exploration_scratch"
EVENTS = f"{SCRATCH}.events"
USERS = f"{SCRATCH}.users"
SESSIONS = f"{SCRATCH}.sessions"
HOURS = f"{SCRATCH}.hours"
_LINES = f"{SCRATCH}.lines"

_KNOWN_KINDS = ", ".join(f"'{name}'" for name in KINDS if name != OTHER)
# A row is compared with others by a 64-bit hash of its text: among 400 million rows, the chance
# that two different ones collide at all is under one in two hundred.
_FIELDS = ", ".join(f"{name}_text" for name in COLUMNS)
_COPY = f"""
create table {_LINES} as
select
    source_file::{SCRATCH}.files as source_file,
    case when event_type in ({_KNOWN_KINDS}) then event_type else '{OTHER}' end
        ::{SCRATCH}.kinds as kind,
    case when event_type not in ({_KNOWN_KINDS}) then event_type end as other_type,
    category_code,
    brand,
    user_id,
    product_id,
    category_id,
    price,
    {bits_sql("{text} is null")} + {1 << len(COLUMNS)}::uinteger
        * {bits_sql("{text} is not null and {typed} is null")} as bits,
    case
        when occurred_at between timestamp '0001-01-01'
            and timestamp '9999-12-31 23:59:59.999999'
            then occurred_at
    end as occurred_at,
    case when session_id is not null then hash(session_id) end as session_hash,
    -- a blank line repeats nothing
    case
        when line_text is not null then hash(line_text)
        when coalesce({_FIELDS}) is not null then hash({_FIELDS})
    end as row_hash,
    case
        when rejection_reason is not null
            then [
                rejection_reason,
                coalesce(line_text, concat_ws(',', {_FIELDS})),
                user_id_text,
                user_session_text
            ]
    end as refusal
from {VIEW}
"""
_NAMED = f"""
create view {EVENTS} as
select
    * exclude (bits, refusal),
    bits % {1 << len(COLUMNS)} as missing_bits,
    bits // {1 << len(COLUMNS)} as unreadable_bits,
    refusal is not null as is_refused,
    refusal[1] as rejection_reason,
    refusal[2] as refused_line,
    refusal[3] as refused_user,
    refusal[4] as refused_session
from {_LINES}
"""

# Days are counted by first counting each of them: a `count(distinct)` would remember all rows.
_COUNT_USERS = f"""
create table {USERS} as
with days as (
    select
        user_id,
        occurred_at::date as day,
        count(*) as event_count,
        count(*) filter (kind = 'view') as view_count,
        count(*) filter (kind = 'cart') as cart_count,
        count(*) filter (kind = 'remove_from_cart') as removal_count,
        count(*) filter (kind = 'purchase') as purchase_count,
        count(*) filter (kind = 'other') as other_count,
        sum(price) filter (kind = 'purchase' and not is_refused) as revenue
    from {EVENTS}
    where user_id is not null
    group by user_id, day
)
select
    sum(event_count)::bigint as event_count,
    sum(view_count)::bigint as view_count,
    sum(cart_count)::bigint as cart_count,
    sum(removal_count)::bigint as removal_count,
    sum(purchase_count)::bigint as purchase_count,
    sum(other_count)::bigint as other_count,
    coalesce(sum(revenue), 0)::decimal(18, 2) as revenue,
    count(day) as day_count
from days
group by user_id
"""

# How many sessions have so many events and take so many minutes.
_COUNT_SESSIONS = f"""
create table {SESSIONS} as
with sessions as (
    select
        count(*) as event_count,
        date_diff('minute', min(occurred_at), max(occurred_at)) as minutes
    from {EVENTS}
    where session_hash is not null
    group by session_hash
)
select event_count, minutes, count(*) as session_count
from sessions
group by event_count, minutes
"""

# Instants are counted exactly: an hour has 3,600 whole seconds, a bit each; other times, and those
# of centuries that would need a bit each as well, stay for a `count(distinct)`.
_IS_SECOND = """(
    occurred_at = date_trunc('second', occurred_at)
    and occurred_at between timestamp '1970-01-01' and timestamp '2100-01-01'
)"""
_COUNT_HOURS = f"""
create table {HOURS} as
select
    date_trunc('hour', occurred_at) as hour,
    kind,
    count(*) as event_count,
    min(occurred_at) as first_event_at,
    max(occurred_at) as last_event_at,
    bitstring_agg((60 * minute(occurred_at) + second(occurred_at))::integer, 0, 3599)
        filter ({_IS_SECOND}) as seconds,
    count(*) filter (not {_IS_SECOND}) as odd_instant_count
from {EVENTS}
group by hour, kind
"""
_SECONDS = f"""
select coalesce(sum(bit_count(seconds)), 0)::bigint, coalesce(sum(odd_count), 0)::bigint
from (
    select bit_or(seconds) as seconds, sum(odd_instant_count) as odd_count
    from {HOURS}
    group by hour
)
"""
_ODD_INSTANTS = f"select count(distinct occurred_at) from {EVENTS} where not {_IS_SECOND}"


def copy_rows(connection: duckdb.DuckDBPyConnection, source_files: Iterable[str]) -> None:
    """Read the raw files once, into the view `EVENTS`; `source_files` are their names."""
    for name, values in (("kinds", KINDS), ("files", sorted({*source_files}))):
        texts = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
        connection.execute(f"create type {SCRATCH}.{name} as enum ({texts})")
    connection.execute(_COPY)
    connection.execute(_NAMED)


def count_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `USERS`, `SESSIONS` and `HOURS` from `EVENTS`."""
    for statement in (_COUNT_USERS, _COUNT_SESSIONS, _COUNT_HOURS):
        connection.execute(statement)


def instant_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of distinct times."""
    seconds, odd = connection.execute(_SECONDS).fetchall()[0]
    if odd:
        seconds += connection.execute(_ODD_INSTANTS).fetchall()[0][0]
    return int(seconds)
