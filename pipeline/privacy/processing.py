"""What the record of processing says, from the warehouse and the settings as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipeline.privacy.audit import note, require_privacy_tables
from pipeline.privacy.least_data import has_session_ids, with_value
from pipeline.privacy.modes import open_to_others
from pipeline.warehouse.connection import open_warehouse, relation_exists


@dataclass(frozen=True)
class Processing:
    """What is processed: of whom, how much, for how long, who got it, and what protects it.

    `has_session_ids` and `has_category_codes` tell what the lines hold, whatever the settings say
    by now. `recipients` are the rows of customers by relation that was made for campaigns;
    `open_files` the names of what others than the owner can read.
    """

    warehouse: str
    user_count: int
    event_count: int
    first_date: date | None
    last_date: date | None
    are_pseudonyms: bool
    has_session_ids: bool
    has_category_codes: bool
    recipients: dict[str, int]
    erased_count: int
    objection_count: int
    logged_count: int
    open_files: tuple[str, ...]


_CAMPAIGNS = """
    select schema_name, table_name from duckdb_tables()
    where table_name like '%campaign%' and (schema_name, table_name) in (
        select (schema_name, table_name) from duckdb_columns() where column_name = 'user_id'
    )
    order by all
"""


def processing(warehouse: Path, reports: Path) -> Processing:
    """Return the facts of a warehouse, and note that somebody asked.

    Raises
    ------
    InputError
        There is none, an earlier version made it, or another process holds it.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        require_privacy_tables(connection, warehouse.name)
        note(connection, "record", 0)
        users = _count(connection, "marts", "user_features")
        events, first, last = (0, None, None)
        if relation_exists(connection, "core", "loaded_files"):
            events, first, last = connection.execute(
                "select coalesce(sum(kept_count), 0)::bigint, min(first_event_at)::date,"
                " max(last_event_at)::date from core.loaded_files"
            ).fetchall()[0]
        campaigns = connection.execute(_CAMPAIGNS).fetchall()
        return Processing(
            warehouse.name,
            users,
            events,
            first,
            last,
            _count(connection, "ops", "key_marks") > 0,
            has_session_ids(connection),
            with_value(connection, "category_code") > 0,
            {f"{schema}.{name}": _count(connection, schema, name) for schema, name in campaigns},
            _count(connection, "ops", "suppressed"),
            _count(connection, "ops", "objections"),
            _count(connection, "ops", "privacy_log"),
            open_to_others(warehouse, reports),
        )


def _count(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> int:
    if not relation_exists(connection, schema, name):
        return 0
    return int(connection.execute(f"select count(*) from {schema}.{name}").fetchall()[0][0])
