"""What a warehouse holds, in figures: its files, the last run, the current model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import open_warehouse, relation_exists
from pipeline.warehouse.publication import open_published, published_path


@dataclass(frozen=True)
class FileFigures:
    """One loaded file, or all of them; `loaded_at` is the last time that it was read (UTC)."""

    source_file: str
    line_count: int
    kept_count: int
    duplicate_count: int
    rejected_count: int
    kept_revenue: Decimal
    refused_revenue: Decimal
    refused_amount_of_unknown_type: Decimal
    first_event_at: dt.datetime | None
    last_event_at: dt.datetime | None
    size_bytes: int
    fingerprint: str
    loaded_at: dt.datetime


@dataclass(frozen=True)
class LastRun:
    """The run that ended last: `run`, `etl` or `model`."""

    started_at: dt.datetime
    new_file_count: int
    user_count: int
    gap_count: int


@dataclass(frozen=True)
class ModelFigures:
    """The model that labels users."""

    version: int
    segment_count: int
    training_user_count: int
    as_of: dt.date
    trained_at: dt.datetime
    drifted_features: list[str]


@dataclass(frozen=True)
class Overview:
    """A warehouse at a glance; `is_publication` where it is as readers see it."""

    is_publication: bool
    files: list[FileFigures]
    last_run: LastRun | None
    model: ModelFigures | None


_FILES = """
    select source_file, line_count, kept_count, duplicate_count, rejected_count, kept_revenue,
        refused_revenue, refused_amount_of_unknown_type, first_event_at, last_event_at,
        size_bytes, fingerprint, loaded_at
    from core.loaded_files
    order by first_event_at nulls last, source_file
"""
_LAST_RUN = """
    select started_at, new_file_count, user_count, gap_count
    from marts.run_ledger
    order by started_at desc
    limit 1
"""
_MODEL = """
    select any_value(model_version), count(*), any_value(training_user_count), any_value(as_of),
        any_value(trained_at)
    from marts.current_segment_model
"""
_DRIFTED = """
    select feature_name from marts.feature_drift where is_drifted order by psi desc, feature_name
"""


def overview(warehouse: Path) -> Overview:
    """Return what a warehouse holds; as it was published, where a run holds it.

    Raises
    ------
    InputError
        When there is no warehouse, or it is held and nothing is published.
    """
    with _opened(warehouse) as (connection, is_publication):
        return Overview(
            is_publication, _files(connection), _last_run(connection), _model(connection)
        )


@contextmanager
def _opened(warehouse: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, bool]]:
    opened = open_warehouse(warehouse)
    try:
        connection = opened.__enter__()
    except InputError:
        if not (warehouse.is_file() and published_path(warehouse).exists()):
            raise
        with open_published(warehouse) as connection:
            yield connection, True
        return
    try:
        yield connection, False
    finally:
        opened.__exit__(None, None, None)


def _files(connection: duckdb.DuckDBPyConnection) -> list[FileFigures]:
    if not relation_exists(connection, "core", "loaded_files"):
        return []
    return [FileFigures(*row) for row in connection.execute(_FILES).fetchall()]


def together(files: list[FileFigures]) -> FileFigures:
    """Return all files as one, called `all`."""
    firsts = [file.first_event_at for file in files if file.first_event_at]
    lasts = [file.last_event_at for file in files if file.last_event_at]
    return FileFigures(
        "all",
        sum(file.line_count for file in files),
        sum(file.kept_count for file in files),
        sum(file.duplicate_count for file in files),
        sum(file.rejected_count for file in files),
        sum((file.kept_revenue for file in files), Decimal("0.00")),
        sum((file.refused_revenue for file in files), Decimal("0.00")),
        sum((file.refused_amount_of_unknown_type for file in files), Decimal("0.00")),
        min(firsts, default=None),
        max(lasts, default=None),
        sum(file.size_bytes for file in files),
        "",
        max(file.loaded_at for file in files),
    )


def _last_run(connection: duckdb.DuckDBPyConnection) -> LastRun | None:
    if not relation_exists(connection, "marts", "run_ledger"):
        return None
    rows = connection.execute(_LAST_RUN).fetchall()
    return LastRun(*rows[0]) if rows else None


def _model(connection: duckdb.DuckDBPyConnection) -> ModelFigures | None:
    # An earlier version kept its model elsewhere: the next run moves it.
    if not relation_exists(connection, "marts", "current_segment_model"):
        return None
    version, segments, users, as_of, trained_at = connection.execute(_MODEL).fetchall()[0]
    if version is None:
        return None
    drifted = []
    if relation_exists(connection, "marts", "feature_drift"):
        drifted = [name for (name,) in connection.execute(_DRIFTED).fetchall()]
    return ModelFigures(version, segments, users, as_of, trained_at, drifted)
