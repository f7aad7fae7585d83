"""What features and publication were made from, to know when there is nothing to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.runtime.settings import ROOT, RunSettings
from pipeline.warehouse.connection import open_warehouse, relation_exists
from pipeline.warehouse.load_log import KnownFile


def state_of(settings: RunSettings, known: Mapping[str, KnownFile]) -> str:
    """Return a hash of everything that the marts depend on.

    That is the content of the loaded files, what the command line sets, every setting and
    every line of the models and of `ml/`.
    """
    digest = hashlib.sha256()
    for name, file in sorted(known.items()):
        digest.update(f"{name}\0{file.fingerprint}\0{file.lookups_fingerprint}\0".encode())
    digest.update(f"{settings.as_of}\0{settings.segment_count}\0".encode())
    digest.update(json.dumps(dict(settings.variables), sort_keys=True).encode())
    for path in _code():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


_COLUMNS_OF_STATE = """
    select column_name
    from duckdb_columns()
    where schema_name = 'core' and table_name = 'features_state'
"""
_NEW_NOTES_OF_REPORTS = """
    create table if not exists core.reports_written (
        report text, size_bytes bigint, modified_at_ns bigint
    )
"""
# What dbt notes when lines may have changed, until the features are made from them.
OUTDATED = "outdated"


def state_of_features(warehouse: Path) -> str | None:
    """Return the state that the features were made from.

    `OUTDATED` where the run that was to make them did not end; None where there are none, or where
    dbt alone made them.
    """
    if not warehouse.exists():
        return None
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "core", "features_state"):
            return None
        return str(connection.execute("select state from core.features_state").fetchall()[0][0])


def settings_of_features(warehouse: Path) -> dict[str, str]:
    """Return the project's settings that the features were made with, as texts, by name.

    Empty where they are not known: dbt alone made the features, or an earlier version of this did.
    """
    with open_warehouse(warehouse) as connection:
        columns = connection.execute(_COLUMNS_OF_STATE).fetchall()
        if ("settings",) not in columns:
            return {}
        found = connection.execute("select settings from core.features_state").fetchall()[0][0]
    return dict(json.loads(found))


def note_state_of_features(warehouse: Path, state: str, settings: Mapping[str, str]) -> None:
    """Keep beside the features, once they are whole, their state and the settings behind them.

    Making them anew removes it.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        connection.execute(
            "create or replace table core.features_state as select ? as state, ? as settings",
            [state, json.dumps(dict(settings))],
        )


def note_report(warehouse: Path, report: Path) -> None:
    """Keep in the warehouse which report was last made from it, and what the file is."""
    with open_warehouse(warehouse, read_only=False) as connection:
        connection.execute(_NEW_NOTES_OF_REPORTS)
        connection.execute("delete from core.reports_written where report = ?", [str(report)])
        connection.execute(
            "insert into core.reports_written values (?, ?, ?)", [str(report), *_status_of(report)]
        )


def is_report_of(warehouse: Path, report: Path) -> bool:
    """Tell whether a report is as it was last made from this warehouse, and from no other since."""
    if not report.exists():
        return False
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "core", "reports_written"):
            return False
        noted = connection.execute(
            "select size_bytes, modified_at_ns from core.reports_written where report = ?",
            [str(report)],
        ).fetchall()
    return noted == [_status_of(report)]


def _status_of(report: Path) -> tuple[int, int]:
    status = report.stat()
    return status.st_size, status.st_mtime_ns


def _code() -> Iterator[Path]:
    yield ROOT / "dbt_project.yml"
    for folder, pattern in (("dbt_project", "*"), ("ml", "*.py")):
        yield from sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())
