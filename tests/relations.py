"""What a warehouse holds, without what only says which run wrote it: to compare two warehouses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

# Notes of the runs to themselves: how often something changed, not what it is.
_NOTES = {
    ("ops", "event_lines_by_day"),
    ("ops", "features_state"),
    ("ops", "kept_session_ids"),
    ("core", "month_versions"),
    ("ops", "months_built"),
    ("ops", "reports_written"),
    ("marts", "run_ledger"),
    ("marts", "run_segments"),
    # By file and what became of its lines: which file keeps a repeated line depends on the order.
    # Its totals are compared as those of the ledger.
    ("core", "int_line_outcomes"),
}
# When a row was made.
_OF_THE_RUN = (
    "loaded_at", "first_loaded_at", "future_from", "modified_at_ns", "trained_at",
    "run_started_at", "former_run_started_at",
)  # fmt: skip
# Of lines that agree in everything the one that was loaded first is kept. Which file that is
# depends on the order of arrival, and so does what the ledger says of that file.
_OF_THE_ORDER = {
    "events": ("source_file",),
    "event_lines": ("is_duplicate",),
    "loaded_files": (
        "kept_count", "duplicate_count", "kept_revenue", "duplicate_revenue", "first_event_at",
        "last_event_at",
    ),
}  # fmt: skip
# What must be equal although the order decides in which file it lies.
_WHOLE = {
    "lines": "select * exclude (source_file, line_number) from core.event_lines order by all",
    "ledger totals": (
        "select sum(line_count), sum(kept_count), sum(duplicate_count), sum(rejected_count),"
        " sum(kept_revenue), sum(duplicate_revenue), min(first_event_at), max(last_event_at)"
        " from core.loaded_files"
    ),
}
# The ledger as it would be if it were counted now.
_RECOUNT = """
    select
        source_file,
        count(*) filter (where rejection_reason is null and not is_duplicate),
        count(*) filter (where is_duplicate),
        count(*) filter (where rejection_reason is not null),
        coalesce(sum(price) filter (
            where event_type = 'purchase' and rejection_reason is null and not is_duplicate
        ), 0),
        min(occurred_at) filter (where rejection_reason is null and not is_duplicate),
        max(occurred_at) filter (where rejection_reason is null and not is_duplicate),
        coalesce(sum(price) filter (
            where event_type = 'purchase'
            and rejection_reason not in ('wrong_column_count', 'below_other_header')
        ), 0),
        coalesce(sum(price) filter (where event_type = 'purchase' and is_duplicate), 0),
        coalesce(sum(price) filter (
            where event_type = 'purchase' and rejection_reason in ('missing_user', 'invalid_user')
        ), 0),
        coalesce(sum(price) filter (
            where event_type = 'purchase' and rejection_reason = 'price_above_maximum'
        ), 0),
        coalesce(sum(price) filter (
            where coalesce(event_type, '') not in ('view', 'cart', 'remove_from_cart', 'purchase')
            and rejection_reason not in ('wrong_column_count', 'below_other_header')
        ), 0),
        histogram(rejection_reason) filter (where rejection_reason is not null)
    from core.event_lines
    group by source_file
    order by source_file
"""
_LEDGER = """
    select
        source_file, kept_count, duplicate_count, rejected_count, kept_revenue,
        first_event_at, last_event_at, refused_revenue, duplicate_revenue, revenue_without_user,
        revenue_above_maximum, refused_amount_of_unknown_type, rejected_by_reason
    from core.loaded_files
    order by source_file
"""


def contents(warehouse: Path) -> dict[str, list[tuple]]:
    """Return every relation of a warehouse, or of a publication, as rows in a fixed order.

    Whatever is in `core`, `marts` and `ops` is compared, so that a relation that is added later is
    too.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = {
            f"{schema}.{name}": connection.execute(_in_order(schema, name, columns)).fetchall()
            for schema, name, columns in _relations(connection)
        }
        if "core.event_lines" in found:
            # Not a file that was published.
            found |= {name: connection.execute(sql).fetchall() for name, sql in _WHOLE.items()}
        return found


def ledger_and_recount(warehouse: Path) -> tuple[list[tuple], list[tuple]]:
    """Return what the ledger says of each file, and what counting its lines says."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(_LEDGER).fetchall(), connection.execute(_RECOUNT).fetchall()


def fingerprints(found: Mapping[str, list[tuple]]) -> dict[str, str]:
    """Return a hash of the rows of each relation, where the rows are too many to show."""
    return {name: hashlib.sha256(repr(rows).encode()).hexdigest() for name, rows in found.items()}


def _relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, list[str]]]:
    """Return schema, name and columns of what is compared."""
    # One question for all of them: the catalogue takes longer than many a table.
    rows = connection.execute(
        "select table_schema, table_name, list(column_name order by ordinal_position)"
        " from information_schema.columns where table_schema in ('core', 'marts', 'ops')"
        " group by all order by all"
    ).fetchall()
    return [row for row in rows if row[:2] not in _NOTES]


def _in_order(schema: str, name: str, columns: list[str]) -> str:
    """Write the query of a relation, ordered by all of its columns that can be compared."""
    left_out = {*_OF_THE_RUN, *_OF_THE_ORDER.get(name, ())}
    shown = ", ".join(f'"{column}"' for column in columns if column not in left_out)
    return f"select {shown} from {schema}.{name} order by all"
