"""The log of what was done with people's data: when, what, how many, by whom, never to whom."""

from __future__ import annotations

import getpass
import os

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import relation_exists


def note(
    connection: duckdb.DuckDBPyConnection,
    command: str,
    people_count: int,
    outcome: str = "",
    *,
    database: str | None = None,
) -> None:
    """Add a row to `ops.privacy_log`; of another attached database where one is named."""
    place = f'"{database}".ops.privacy_log' if database else "ops.privacy_log"
    connection.execute(
        f"insert into {place} by name select now()::timestamp as logged_at, ? as command,"
        " ? as people_count, ? as system_user, ? as outcome",
        [command, people_count, system_user(), outcome],
    )


def system_user() -> str:
    """Return who runs this, by name, or by number where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"


def require_privacy_tables(connection: duckdb.DuckDBPyConnection, warehouse: str) -> None:
    """Make sure that a warehouse has what these commands note.

    Raises
    ------
    InputError
        An earlier version made it.
    """
    if not relation_exists(connection, "ops", "privacy_log"):
        raise InputError(
            f"An earlier version made {warehouse}: run `python run_pipeline.py etl` first."
        )
