"""The lower yardstick: read, cast, remove duplicates, a dozen figures per user in plain DuckDB.

Run as a process of its own: `python -m benchmarks.bare_script FOLDER`. What the pipeline takes is
given as a multiple of this and of `plain_script`, measured in the same run, because seconds alone
say more about the machine than about the project.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb

COLUMNS = {
    "event_time": "TIMESTAMP",
    "event_type": "VARCHAR",
    "product_id": "BIGINT",
    "category_id": "BIGINT",
    "category_code": "VARCHAR",
    "brand": "VARCHAR",
    "price": "DECIMAL(12, 2)",
    "user_id": "BIGINT",
    "user_session": "VARCHAR",
}


def main(folder: str) -> None:
    """Load every CSV file of the folder into a database file and count per user."""
    with tempfile.TemporaryDirectory() as scratch:
        connection = duckdb.connect(str(Path(scratch) / "bare.duckdb"))
        connection.execute(
            f"""
            create table events as
            select distinct on (user_id, event_time, event_type, product_id, user_session) *
            from read_csv('{folder}/*.csv', columns = {COLUMNS}, header = true,
                auto_detect = false, ignore_errors = true,
                timestampformat = '%Y-%m-%d %H:%M:%S UTC')
            """
        )
        connection.execute(
            """
            create table users as
            select user_id,
                count(*), count(*) filter (where event_type = 'view'),
                count(*) filter (where event_type = 'cart'),
                count(*) filter (where event_type = 'purchase'),
                sum(price) filter (where event_type = 'purchase'),
                sum(price) filter (where event_type = 'view'),
                min(event_time), max(event_time),
                count(distinct user_session), count(distinct event_time::date),
                count(distinct product_id), count(distinct category_id)
            from events group by user_id
            """
        )


if __name__ == "__main__":
    main(sys.argv[1])
