"""Which engine made a warehouse: DuckDB, or Spark, of whose lake it holds the results."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.runtime.settings import Engine
from pipeline.warehouse.connection import open_warehouse, relation_exists


def note_lake(connection: duckdb.DuckDBPyConnection, lake: str) -> None:
    """Note in a file which lake its tables were brought from."""
    connection.execute("create schema if not exists ops")
    connection.execute("create table ops.lake as select ? as folder", [lake])


def is_from_lake(warehouse: Path) -> bool:
    """Tell whether the file holds what was brought from a lake."""
    if not warehouse.exists():
        return False
    with open_warehouse(warehouse) as connection:
        return relation_exists(connection, "ops", "lake")


def check_engine(warehouse: Path, engine: Engine) -> None:
    """Make sure that a warehouse was made by the engine that is to work on it.

    Raises
    ------
    InputError
        With the option that fits.
    """
    if not warehouse.exists():
        return
    if is_from_lake(warehouse) and engine != "spark":
        raise InputError(
            f"{warehouse} holds what Spark made: run with --engine spark, or name another file"
            " with --warehouse."
        )
    if engine == "spark" and not is_from_lake(warehouse):
        raise InputError(
            f"{warehouse} is a warehouse of DuckDB: run without --engine spark, or name another"
            " file with --warehouse."
        )
