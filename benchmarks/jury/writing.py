"""Writing events as a store exports them: a CSV file a month, in the columns of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.jury.store import EVENT_FOLDER, TYPES_FILE, Written

#: Ids of the first user and product.
FIRST_USER_ID, FIRST_PRODUCT_ID = 500_000_000, 1_000_000
_FIRST_CATEGORY_ID = 2_053_013_552_226_107_603


def write_events(
    folder: Path,
    events: Mapping[str, np.ndarray],
    *,
    start: date,
    products: Mapping[str, np.ndarray],
    seed: int,
) -> Written:
    """Write events drawn by a generator.

    Parameters
    ----------
    folder : Path
    events : columns of shape (n_events,)
        `second` from the start, `event_type`, `user` and `product` by their numbers, `session`, a
        number that is unique in the store, `price`.
    start : date
        Of the first file.
    products : columns of shape (n_products,)
        `category`, a number, and `brand`, a text.
    seed : int
        Part of the session ids.
    """
    with duckdb.connect() as connection:
        connection.register("drawn", pa.table(dict(events)))
        connection.register(
            "goods",
            pa.table({"product": np.arange(len(products["category"])), **dict(products)}),
        )
        query = f"""
            select
                timestamp '{start}' + to_seconds(second::bigint) as occurred_at,
                event_type,
                {FIRST_PRODUCT_ID} + product as product_id,
                {_FIRST_CATEGORY_ID} + category * 131071 as category_id,
                'department.shelf_' || category as category_code,
                brand,
                round(price, 2)::decimal(12, 2) as price,
                {FIRST_USER_ID} + user as user_id,
                md5_number('{seed}-' || session)::uuid as user_session
            from drawn
            inner join goods using (product)
        """
        return write_months(connection, query, folder)


def write_months(connection: duckdb.DuckDBPyConnection, query: str, folder: Path) -> Written:
    """Write the events of a query, whose first column is `occurred_at`, a file a month."""
    datasets = folder / EVENT_FOLDER
    datasets.mkdir(parents=True)
    connection.execute(f"create temp table events as {query}")
    months = connection.execute(
        "select distinct strftime(occurred_at, '%Y-%m') from events order by 1"
    ).fetchall()
    for (month,) in months:
        connection.execute(
            f"""
            copy (
                select
                    strftime(occurred_at, '%Y-%m-%d %H:%M:%S UTC') as event_time,
                    * exclude (occurred_at)
                from events
                where strftime(occurred_at, '%Y-%m') = '{month}'
                order by occurred_at, user_id, user_session, event_type desc, product_id
            ) to '{datasets / month}.csv' (format csv, header true)
            """
        )
    return Written(datasets, None)


def write_types(written: Written, types: Iterable[str]) -> Written:
    """Write the planted type of each user, in the order of their numbers, beside the events."""
    path = written.datasets.parent / TYPES_FILE
    lines = [f"{FIRST_USER_ID + number},{name}" for number, name in enumerate(types)]
    path.write_text("\n".join(["user_id,planted_type", *lines]) + "\n")
    return Written(written.datasets, path)
