"""Small stores for the tests: raw rows as text, behind a view like the staging one."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pandas as pd

from pipeline.reporting.exploration import ExploredFile

FIELDS = (
    "event_time",
    "event_type",
    "product_id",
    "category_id",
    "category_code",
    "brand",
    "price",
    "user_id",
    "user_session",
)

_VIEW = """
create view staging.stg_events as
with typed as (
    select
        *,
        try_cast(user_id_text as bigint) as user_id,
        user_session_text as session_id,
        try_strptime(event_time_text, '%Y-%m-%d %H:%M:%S UTC') as occurred_at,
        lower(event_type_text) as event_type,
        try_cast(product_id_text as bigint) as product_id,
        case
            when regexp_full_match(category_id_text, '[0-9]{1,19}')
                then try_cast(category_id_text as bigint)
        end as category_id,
        category_code_text as category_code,
        brand_text as brand,
        try_cast(price_text as decimal(12, 2)) as price
    from raw_rows
)
select
    *,
    case
        when line_text is null then 'empty_line'
        when user_id_text is null then 'missing_user'
        when user_id is null then 'invalid_user'
        when occurred_at is null then 'invalid_time'
        when event_type not in ('view', 'cart', 'remove_from_cart', 'purchase')
            then 'unknown_event_type'
        when price is null then 'invalid_price'
        when price <= 0 then 'price_not_positive'
    end as rejection_reason
from typed
"""


def row(
    time: str,
    kind: str = "view",
    *,
    user: str = "500000001",
    session: str = "",
    product: str = "1001",
    price: str = "10.00",
    brand: str = "acer",
    code: str = "electronics.clocks",
    category: str = "2053013555631882655",
) -> list[str]:
    """Return the nine fields of a line; an empty text is a missing value."""
    return [time, kind, product, category, code, brand, price, user, session or f"s-{user}"]


def store(rows: Iterable[list[str]], *, source_file: str = "a.csv") -> duckdb.DuckDBPyConnection:
    """Return a connection in which `staging.stg_events` holds the rows; [] is a blank line."""
    connection = duckdb.connect()
    connection.execute("set threads = 2; create schema staging")
    columns = ["source_file", "line_text", *(f"{name}_text" for name in FIELDS)]
    connection.execute(f"create table raw_rows ({', '.join(f'{name} text' for name in columns)})")
    lines = [[source_file, ",".join(fields) or None, *_padded(fields)] for fields in rows]
    if lines:
        connection.register("lines", pd.DataFrame(lines, columns=columns, dtype="str"))
        connection.execute("insert into raw_rows select * from lines")
        connection.unregister("lines")
    connection.execute(_VIEW)
    return connection


def _padded(fields: list[str]) -> list[str | None]:
    return [text or None for text in fields] + [None] * (len(FIELDS) - len(fields))


def file_of(row_count: int, name: str = "a.csv") -> ExploredFile:
    """Return what is known of the file behind `store`."""
    return ExploredFile(name, 100 * row_count, row_count, FIELDS)
