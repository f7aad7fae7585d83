"""The upper yardstick: the same events and user features without dbt, ledger or tests.

Run as a process of its own: `python -m benchmarks.plain_script FOLDER FILE`. The statements are in
`plain_script.sql`; a test keeps what they make equal to the warehouse.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

STATEMENTS = Path(__file__).with_suffix(".sql")


def main(folder: str, database: str) -> None:
    """Make `events` and `user_features` from every CSV file of the folder in a database file."""
    with duckdb.connect(database) as connection:
        connection.execute(f"set temp_directory = '{database}.tmp'")
        connection.execute(STATEMENTS.read_text().replace("{files}", f"{folder}/*.csv"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
