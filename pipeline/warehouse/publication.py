"""Publishing: a second file for readers, replaced at once, which no run ever locks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import database_config
from pipeline.warehouse.connection import open_warehouse, relation_exists
from pipeline.warehouse.descriptions import describe_published, quoted

CAMPAIGN_TABLES = (
    ("marts", "campaigns"),
    ("marts", "campaign_members"),
    ("marts", "campaign_purchases"),
    ("marts", "campaign_results"),
)
PUBLISHED_TABLES = (
    ("core", "loaded_files"),
    ("core", "event_types"),
    # The views ask who objects to being profiled.
    ("ops", "objections"),
    ("core", "id_texts"),
    ("core", "days"),
    ("core", "store_rhythm"),
    ("core", "int_category_prices"),
    ("core", "store_totals"),
    ("marts", "user_features"),
    ("marts", "segment_model"),
    ("marts", "current_segment_model"),
    ("marts", "segment_texts"),
    ("marts", "model_evaluation"),
    ("marts", "feature_redundancy"),
    ("marts", "user_segments"),
    ("marts", "segment_totals"),
    ("marts", "segment_profiles"),
    ("marts", "segment_feature_profiles"),
    ("marts", "segment_registry"),
    ("marts", "segment_states"),
    ("marts", "segment_hours"),
    ("marts", "segment_favourites"),
    ("marts", "segment_buyer_contrasts"),
    ("marts", "store_months"),
    ("marts", "cohort_months"),
    ("marts", "lifecycle_months"),
    ("marts", "segment_value"),
    ("marts", "segment_windows"),
    ("marts", "experiment_sizes"),
    ("marts", "value_shares"),
    ("marts", "segment_migrations"),
    ("marts", "feature_drift"),
    ("marts", "feature_stability"),
    ("marts", "label_agreement"),
    ("marts", "run_ledger"),
    ("marts", "run_segments"),
    *CAMPAIGN_TABLES,
)
# Computed from these alone, as in the warehouse. As a table, what the model reads would be as large
# as all features, and a join that nobody asks for takes no room.
PUBLISHED_VIEWS = (("marts", "customers"), ("marts", "segment_inputs"))

# A run that published nothing is nobody's former run; nor is this one, where it publishes again.
_NOTE = """
create table published.ops.publication as
with runs as (
    select
        (select max(started_at) from published.marts.run_segments) as started_at,
        $4::timestamp as former,
        $5::timestamp as before_former
)
select
    $1::varchar as state,
    $2::boolean as is_synthetic,
    $3::varchar as currency,
    started_at as run_started_at,
    case when former < started_at then former else before_former end as former_run_started_at
from runs
"""


@dataclass(frozen=True)
class Publication:
    """What a publication says of itself.

    `state` says what it was made from, see `pipeline.warehouse.state`; `is_synthetic` marks
    invented customers; `currency` is that of all amounts, None where it is not known.
    """

    state: str
    is_synthetic: bool = False
    currency: str | None = None


def published_path(warehouse: Path) -> Path:
    """Return where `publish` puts the copy for readers.

    Examples
    --------
    >>> published_path(Path("warehouse/amazing.duckdb")).name
    'amazing_marts.duckdb'
    """
    return warehouse.with_name(f"{warehouse.stem}_marts{warehouse.suffix}")


def published_state(warehouse: Path) -> str | None:
    """Return what the publication of a warehouse was made from; None where none can be read."""
    try:
        with open_published(warehouse) as connection:
            if not relation_exists(connection, "ops", "publication"):
                return None
            return str(connection.execute("select state from ops.publication").fetchall()[0][0])
    except InputError:
        # A client holds it, or left a log that does not fit: the next publication replaces it.
        return None


@contextmanager
def open_published(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the publication of a warehouse, which a run under way does not touch.

    Raises
    ------
    InputError
        When nothing is published, or another program holds the file.
    """
    published = published_path(warehouse)
    if not published.exists():
        raise InputError(
            f"Nothing is published of {warehouse} ({published.name} is missing):"
            " run `python run_pipeline.py run` first."
        )
    with open_warehouse(published) as connection:
        yield connection


def publication_of(warehouse: Path) -> Publication:
    """Return what the publication of a warehouse says of itself.

    Raises
    ------
    InputError
        When nothing is published, or an earlier version of this project published it.
    """
    with open_published(warehouse) as connection:
        try:
            rows = connection.execute(
                "select state, is_synthetic, currency from ops.publication"
            ).fetchall()
        except duckdb.Error as error:
            raise InputError(
                f"An earlier version of this project made {published_path(warehouse)}:"
                " run `python run_pipeline.py run` first."
            ) from error
    return Publication(*rows[0])


def publish(warehouse: Path, publication: Publication) -> Path:
    """Copy marts, model and ledger into the file for readers and return its path.

    The copy is written beside and renamed: a reader sees the former publication or this one, never
    a part, and keeps what it has open.
    """
    published = published_path(warehouse)
    with _replaced(published) as unfinished:
        _copy(warehouse, unfinished, publication, published)
    return published


def replace_published(warehouse: Path, tables: Sequence[tuple[str, str]]) -> None:
    """Copy some tables of the warehouse anew into the file for readers; all else stays as it was.

    As with `publish`, a reader sees the former publication or the new one. For a caller who holds
    the lock of the warehouse.
    """
    published = published_path(warehouse)
    with _replaced(published) as unfinished:
        shutil.copyfile(published, unfinished)
        with duckdb.connect(config=database_config()) as connection:
            connection.execute(f"attach {_quoted(warehouse)} as warehouse (read_only)")
            connection.execute(f"attach {_quoted(unfinished)} as published")
            for schema, table in tables:
                connection.execute(
                    f"create or replace table published.{schema}.{table} as"
                    f" select * from warehouse.{schema}.{table}"
                )
            describe_published(connection, tables)
            connection.execute("checkpoint published")


@contextmanager
def _replaced(published: Path) -> Iterator[Path]:
    """Give a passing name to write to, and put what is there in the place of a publication."""
    unfinished = published.with_name(published.name + ".unfinished")
    _remove(unfinished)
    try:
        yield unfinished
        unfinished.chmod(0o600)
        # Of a client that wrote into the former publication and died: it fits no other file.
        _log_of(published).unlink(missing_ok=True)
        os.replace(unfinished, published)
    finally:
        _remove(unfinished)


def _copy(warehouse: Path, target: Path, publication: Publication, former: Path) -> None:
    former_runs = _runs_of(former)
    with duckdb.connect(config=database_config()) as connection:
        connection.execute(f"attach {_quoted(warehouse)} as warehouse (read_only)")
        # Readers may be older than the library that writes: see `profiles.yml`.
        connection.execute(f"attach {_quoted(target)} as published (storage_version 'v1.5.0')")
        views = _views_of_files(connection)
        for schema, table in PUBLISHED_TABLES:
            connection.execute(f"create schema if not exists published.{schema}")
            if (schema, table) in views:
                _copy_view(connection, schema, table)
            else:
                connection.execute(
                    f"create table published.{schema}.{table} as"
                    f" select * from warehouse.{schema}.{table}"
                )
        for schema, view in PUBLISHED_VIEWS:
            _copy_view(connection, schema, view)
        describe_published(connection, PUBLISHED_TABLES)
        connection.execute("create schema if not exists published.ops")
        connection.execute(
            _NOTE,
            [publication.state, publication.is_synthetic, publication.currency, *former_runs],
        )
        # An earlier version made the warehouse where they are not there. Marks tell the key.
        for notes in ("scoring_queries", "key_marks"):
            if _is_there(connection, "ops", notes):
                connection.execute(
                    f"create table published.ops.{notes} as from warehouse.ops.{notes}"
                )
        # Closing would do it too, but says nothing when the disk is full: the tables would stay
        # behind in the log beside the file.
        connection.execute("checkpoint published")


def _runs_of(published: Path) -> tuple[object, object]:
    """Return which run is published, and which was before it; None where it cannot be read."""
    try:
        with open_warehouse(published) as connection:
            rows = connection.execute(
                "select run_started_at, former_run_started_at from ops.publication"
            ).fetchall()
    except (InputError, duckdb.Error):
        # Nothing is published, or by an earlier version, or a client holds it.
        return None, None
    return rows[0] if rows else (None, None)


def _copy_view(connection: duckdb.DuckDBPyConnection, schema: str, view: str) -> None:
    """Define a view as the warehouse does: its query names no database, so it reads this one."""
    definition = connection.execute(
        "select sql from duckdb_views()"
        " where database_name = 'warehouse' and schema_name = ? and view_name = ?",
        [schema, view],
    ).fetchall()[0][0]
    connection.execute("use published")
    connection.execute(definition)
    connection.execute("use memory")


def _views_of_files(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Return what was too large to come home from a lake, and stays a view of its files there."""
    rows = connection.execute(
        "select schema_name, view_name from duckdb_views()"
        " where database_name = 'warehouse' and sql like '%read_parquet(%'"
    ).fetchall()
    return {(schema, view) for schema, view in rows}


def _is_there(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    query = (
        "select count(*) > 0 from duckdb_tables()"
        " where database_name = 'warehouse' and schema_name = ? and table_name = ?"
    )
    return bool(connection.execute(query, [schema, table]).fetchall()[0][0])


def _remove(path: Path) -> None:
    """Remove a DuckDB file with its log, where they are there."""
    for each in (path, _log_of(path)):
        each.unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _quoted(path: Path) -> str:
    return quoted(str(path))
