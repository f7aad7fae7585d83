"""The yardstick of the speed benchmarks: read, cast, count per user in plain DuckDB, nothing else.

Run as a process of its own: `python -m benchmarks.yardstick FOLDER`. No ledger, no duplicates, no
sessions, no tests; what the pipeline takes is given as a multiple of this, measured in the same
run, because seconds alone say more about the machine than about the project.
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
    "price": "DOUBLE",
    "user_id": "BIGINT",
    "user_session": "VARCHAR",
}


def main(folder: str) -> None:
    """Load every CSV file of the folder into a file and count per user."""
    with tempfile.TemporaryDirectory() as scratch:
        connection = duckdb.connect(str(Path(scratch) / "yardstick.duckdb"))
        connection.execute(
            f"""
            create table events as
            select * replace (event_time as event_time)
            from read_csv('{folder}/*.csv', columns = {COLUMNS}, header = true,
                auto_detect = false, ignore_errors = true,
                timestampformat = '%Y-%m-%d %H:%M:%S UTC')
            """
        )
        connection.execute(
            """
            create table users as
            select user_id, count(*), count(*) filter (where event_type = 'purchase'),
                sum(price) filter (where event_type = 'purchase'), min(event_time),
                max(event_time), count(distinct user_session)
            from events group by user_id
            """
        )


if __name__ == "__main__":
    main(sys.argv[1])
