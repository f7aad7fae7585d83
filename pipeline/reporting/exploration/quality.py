"""What is missing, unreadable, repeated or would be refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from pipeline.reporting.exploration.columns import COLUMNS, VIEW
from pipeline.reporting.exploration.scratch import EVENTS
from pipeline.runtime.masking import masked

# Rows compared at once when repeated ones are searched for: some 0.5 GB of hashes.
ROWS_PER_COMPARISON = 10_000_000
LONGEST_EXAMPLE = 240


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


@dataclass(frozen=True)
class Refusal:
    """The rows that cleaning would refuse for one reason, with one of them, ids masked."""

    reason: str
    count: int
    share: float
    example: str


@dataclass(frozen=True)
class Duplicates:
    """Rows beyond the first of their kind; those by key among the rows not refused."""

    whole_row_count: int
    whole_row_share: float
    key_count: int
    key_share: float


def share(part: int, whole: int) -> float:
    """Return part / whole, and 0 of nothing."""
    return part / whole if whole else 0.0


def explored_columns(
    connection: duckdb.DuckDBPyConnection, row_count: int, min_group_size: int
) -> list[ExploredColumn]:
    """Return type, gaps and distinct values of each raw column, in the files' order."""
    missing = _bit_counts(connection, "missing_bits")
    unreadable = _bit_counts(connection, "unreadable_bits")
    types = dict(
        connection.execute(f"select column_name, column_type from (describe {VIEW})").fetchall()
    )
    found = []
    for name, typed in COLUMNS.items():
        distinct: int | None = _distinct_count(connection, typed)
        if name in ("user_id", "user_session") and 0 < (distinct or 0) < min_group_size:
            distinct = None
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


def refusals(connection: duckdb.DuckDBPyConnection, row_count: int) -> list[Refusal]:
    """Return the reasons, the most frequent first, each with its first line in text order."""
    rows = connection.execute(
        f"""
        select
            rejection_reason,
            count(*) as row_count,
            arg_min(
                struct_pack(
                    line := refused_line,
                    user_text := refused_user,
                    session_text := refused_session
                ),
                refused_line
            ) as example
        from {EVENTS}
        where rejection_reason is not null
        group by rejection_reason
        order by row_count desc, rejection_reason
        """
    ).fetchall()
    return [
        Refusal(masked(reason), count, share(count, row_count), _example(found))
        for reason, count, found in rows
    ]


def duplicates(
    connection: duckdb.DuckDBPyConnection, day_counts: Mapping[dt.date, int], row_count: int
) -> Iterator[Duplicates | None]:
    """Count the repeated rows, a few days at a time; yields None after each part, then the answer.

    Both kinds of key contain the time, so that a row and its copy always lie in the same part.
    """
    whole = by_key = 0
    parts = ["occurred_at is null", *_day_ranges(day_counts)]
    for part in parts:
        more_whole, more_by_key = connection.execute(
            f"""
            select
                count(row_hash) - count(distinct row_hash),
                count(key_hash) - count(distinct key_hash)
            from (
                select
                    row_hash,
                    case
                        when rejection_reason is null
                            then hash(user_id, occurred_at, event_type, product_id, session_hash)
                    end as key_hash
                from {EVENTS}
                where {part}
            )
            """
        ).fetchall()[0]
        whole, by_key = whole + more_whole, by_key + more_by_key
        yield None
    yield Duplicates(whole, share(whole, row_count), by_key, share(by_key, row_count))


def _day_ranges(day_counts: Mapping[dt.date, int]) -> list[str]:
    ranges, first, rows = [], None, 0
    days = sorted(day_counts)
    for day in days:
        first = first or day
        rows += day_counts[day]
        if rows >= ROWS_PER_COMPARISON or day == days[-1]:
            ranges.append(f"occurred_at::date between date '{first}' and date '{day}'")
            first, rows = None, 0
    return ranges


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
    return connection.execute(query).fetchall()[0][0]


def _example(found: Mapping[str, str | None] | None) -> str:
    if not found or not found["line"]:
        return ""
    text = masked(found["line"], (found["user_text"], found["session_text"]))
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE] + "…"
