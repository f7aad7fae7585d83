"""Type, gaps and distinct values of each raw column."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.exploration.raw_columns import COLUMNS, VIEW
from pipeline.reporting.exploration.scratch import EVENTS
from pipeline.reporting.exploration.section import Rows, share, shown


@dataclass(frozen=True)
class ExploredColumn:
    """One column of the raw files; unreadable means that there is text, but no value."""

    name: str
    type_name: str
    missing_count: int
    missing_share: float
    unreadable_count: int
    unreadable_share: float
    distinct_count: int | None


def gather_columns(rows: Rows) -> list[ExploredColumn]:
    """Return type, gaps and distinct values of each raw column, in the files' order."""
    connection, row_count = rows.connection, rows.row_count
    missing = _bit_counts(connection, "missing_bits")
    unreadable = _bit_counts(connection, "unreadable_bits")
    types = dict(
        connection.execute(f"select column_name, column_type from (describe {VIEW})").fetchall()
    )
    found = []
    for name, typed in COLUMNS.items():
        distinct: int | None = _distinct_count(connection, typed)
        if name in ("user_id", "user_session"):
            distinct = shown(distinct or 0, rows.min_group_size)
        found.append(
            ExploredColumn(
                name,
                types[typed].lower(),
                missing[name],
                share(missing[name], row_count),
                unreadable[name],
                share(unreadable[name], row_count),
                distinct,
            )
        )
    return found


def _bit_counts(connection: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    combinations = connection.execute(
        f"select {column}, count(*) from {EVENTS} group by {column}"
    ).fetchall()
    return {
        name: sum(count for bits, count in combinations if bits >> place & 1)
        for place, name in enumerate(COLUMNS)
    }


def _distinct_count(connection: duckdb.DuckDBPyConnection, typed: str) -> int:
    column = "session_hash" if typed == "session_id" else typed
    query = f"select count(distinct {column}) from {EVENTS}"
    return int(connection.execute(query).fetchall()[0][0])
