"""Publishing: a second file for readers, replaced at once, which no run ever locks."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

PUBLISHED_TABLES = (
    ("core", "loaded_files"),
    ("marts", "user_features"),
    ("marts", "segment_model"),
    ("marts", "model_evaluation"),
    ("marts", "user_segments"),
    ("marts", "segment_profiles"),
)


def published_path(warehouse: Path) -> Path:
    """Return where `publish` puts the copy for readers.

    Examples
    --------
    >>> published_path(Path("warehouse/amazing.duckdb")).name
    'amazing_marts.duckdb'
    """
    return warehouse.with_name(f"{warehouse.stem}_marts{warehouse.suffix}")


def publish(warehouse: Path) -> Path:
    """Copy marts, model and ledger into the file for readers and return its path.

    The copy is written beside and renamed: a reader sees the former publication or this one, never
    a part, and keeps what it has open.
    """
    published = published_path(warehouse)
    unfinished = published.with_name(published.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(warehouse, unfinished)
        unfinished.chmod(0o600)
        os.replace(unfinished, published)
    finally:
        unfinished.unlink(missing_ok=True)
    return published


def _copy(warehouse: Path, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {_quoted(warehouse)} as warehouse (read_only)")
        # Readers may be older than the library that writes: see `profiles.yml`.
        connection.execute(f"attach {_quoted(target)} as published (storage_version 'v1.5.0')")
        for schema, table in PUBLISHED_TABLES:
            connection.execute(f"create schema if not exists published.{schema}")
            connection.execute(
                f"create table published.{schema}.{table} as"
                f" select * from warehouse.{schema}.{table}"
            )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
