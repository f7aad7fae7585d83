"""Type, gaps and distinct values of each raw column."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.exploration.compact_rows import EVENTS, SESSIONS, instant_count
from pipeline.reporting.exploration.raw_columns import COLUMNS, VIEW
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
        distinct: int | None = _distinct_count(rows, typed)
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


def _distinct_count(rows: Rows, typed: str) -> int:
    """Return how many values a column has; counted already are users, sessions and times."""
    if typed == "user_id":
        return rows.users["all"]
    if typed == "occurred_at":
        return instant_count(rows.connection)
    query = {
        "session_id": f"select sum(session_count)::bigint from {SESSIONS}",
        "event_type": f"""
            select count(distinct (kind, other_type)) from {EVENTS}
            where kind <> 'other' or other_type is not null
        """,
    }.get(typed, f"select count(distinct {typed}) from {EVENTS}")
    return int(rows.connection.execute(query).fetchall()[0][0] or 0)
