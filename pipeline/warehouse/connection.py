"""The warehouse file: is it ours, is it free, and opening it to read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import database_config

OUR_SCHEMAS = {"staging", "core", "marts", "ops", "datasets"}
_DUCKDB_SCHEMAS = {"main", "information_schema", "pg_catalog"}
# DuckDB calls the database after its file, and then `core.events` could mean either.
_NAMES_TAKEN = OUR_SCHEMAS | _DUCKDB_SCHEMAS | {"temp", "system", "memory"}


def check_place(path: Path) -> None:
    """Make sure that there can be a warehouse at `path`.

    Raises
    ------
    InputError
        When the name or the folder cannot be used.
    """
    if {"'", '"'} & set(path.name):
        # dbt-duckdb makes the name of the database from it, and puts that between quotes.
        raise InputError(
            f"The name of the warehouse {path.name} has a quote:"
            " choose a plainer one with --warehouse."
        )
    if path.name.split(".")[0].lower() in _NAMES_TAKEN:
        raise InputError(
            f"The warehouse cannot be called {path.name}, because a database or schema of that name"
            " is there already: choose another name with --warehouse."
        )
    _check_folder(path.parent)
    for folder in (work_folder(path), work_folder(path) / "target", work_folder(path) / "logs"):
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise InputError(
                f"{folder} is not a writable folder, and dbt keeps its notes there: remove"
                " it, or name another warehouse with --warehouse."
            )


def work_folder(warehouse: Path) -> Path:
    """Return where dbt keeps its notes: beside the warehouse, so that no two share them."""
    return warehouse.with_name(warehouse.name + ".dbt")


def check_warehouse(path: Path) -> None:
    """Make sure that a run may write to `path`: absent, or a free warehouse of this project.

    Raises
    ------
    InputError
        When the file is no DuckDB file, holds somebody else's schemas, or is held by a process.
    """
    if not path.exists():
        return
    with open_warehouse(path, read_only=False) as connection:
        rows = connection.execute(
            "select distinct schema_name from information_schema.schemata"
            " where catalog_name = current_database()"
        ).fetchall()
        tables = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'main'"
        ).fetchall()[0][0]
    foreign = {name for (name,) in rows} - OUR_SCHEMAS - _DUCKDB_SCHEMAS
    if foreign or tables:
        raise InputError(
            f"{path} is a database made by something else: name another file with --warehouse."
        )


# By its path; see `kept_open`.
_KEPT: dict[Path, duckdb.DuckDBPyConnection] = {}


@contextmanager
def open_warehouse(path: Path, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse file for as long as the `with` block lasts.

    Raises
    ------
    InputError
        When there is no such file, it is no DuckDB file, or another process holds it.
    """
    kept = _KEPT.get(path)
    connection = kept.cursor() if kept else _connect(path, read_only=read_only)
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def kept_open(path: Path, *, read_only: bool = True) -> Iterator[None]:
    """Open the warehouse file once for all questions in the block, where it is there.

    Opening it takes longer than most questions: 19 ms. Nothing in the block may start dbt; what
    puts another file in the place of this one lets go of it first, with `let_go`.

    Raises
    ------
    InputError
        As `open_warehouse`.
    """
    if not path.exists():
        yield
        return
    with open_warehouse(path, read_only=read_only) as connection:
        _KEPT[path] = connection
        try:
            yield
        finally:
            _KEPT.pop(path, None)


def let_go(path: Path) -> None:
    """Close a file that is kept open; from here on each question opens it for itself."""
    if kept := _KEPT.pop(path, None):
        kept.close()


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise InputError(f"There is no warehouse {path}: run `python run_pipeline.py` first.")
    if not _is_duckdb_file(path):
        raise InputError(f"{path} is no DuckDB file: name another file with --warehouse.")
    try:
        return duckdb.connect(str(path), read_only=read_only, config=database_config())
    except duckdb.Error as error:
        raise InputError(_why_not_opened(path, error)) from error


def relations_of(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Return the tables and views that are there, each as its schema and its name."""
    query = "select table_schema, table_name from information_schema.tables"
    return {(schema, name) for schema, name in connection.execute(query).fetchall()}


def relation_exists(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    """Tell whether a table or view is there."""
    return (schema, name) in relations_of(connection)


def _is_duckdb_file(path: Path) -> bool:
    """Look for DuckDB's mark: DuckDB itself would open a CSV file as something else."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _check_folder(folder: Path) -> None:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise InputError(f"The folder {folder} cannot be written: name another with --warehouse.")


def _why_not_opened(path: Path, error: duckdb.Error) -> str:
    text = str(error)
    if holder := re.search(r"PID (\d+)", text):
        return (
            f"{path} is held by process {holder.group(1)}: wait until that run has ended,"
            " or close the program."
        )
    return f"{path} cannot be opened ({text.splitlines()[0]}): name another file with --warehouse."


def has_texts_of_users(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether any customer has an id that is not a whole number, such as a name."""
    if not relation_exists(connection, "core", "texts_of_ids"):
        return False
    query = "select count(*) > 0 from core.texts_of_ids where kind = 'user'"
    return bool(connection.execute(query).fetchall()[0][0])
