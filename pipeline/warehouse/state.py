"""What features and publication were made from, to know when there is nothing to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

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


_WRITES_REPORTS = {".py", ".po", ".j2"}
# The features of a run that died before they were made from its lines.
OUTDATED = "outdated"
_FEATURES = "select is_whole, state, settings from ops.features_state"


def state_of_features(warehouse: Path) -> str | None:
    """Return the state that the features were made from.

    `OUTDATED` where the run that was to make them did not end; None where there are none, or where
    dbt alone made them.
    """
    is_whole, state, _ = _features_state(warehouse)
    return state if is_whole else OUTDATED


def settings_of_features(warehouse: Path) -> dict[str, str]:
    """Return the project's settings that the features were made with, as texts, by name.

    Empty where they are not known, because dbt alone made the features.
    """
    settings = _features_state(warehouse)[2]
    return dict(json.loads(settings)) if settings else {}


def _features_state(warehouse: Path) -> tuple[bool, str | None, str | None]:
    if warehouse.exists():
        with open_warehouse(warehouse) as connection:
            if has_bookkeeping(connection):
                rows = connection.execute(_FEATURES).fetchall()
                return rows[0] if rows else (True, None, None)
    return True, None, None


def has_bookkeeping(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the warehouse has its notes where this version keeps them."""
    return relation_exists(connection, "ops", "features_state")


def note_state_of_features(warehouse: Path, state: str, settings: Mapping[str, str]) -> None:
    """Keep beside the features, once they are whole, their state and the settings behind them.

    Making them anew removes it.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        connection.execute(
            "update ops.features_state set state = ?, settings = ?",
            [state, json.dumps(dict(settings))],
        )


def note_report(warehouse: Path, report: Path) -> None:
    """Keep in the warehouse which report was last made from it, and what the file is."""
    with open_warehouse(warehouse, read_only=False) as connection:
        connection.execute("delete from ops.reports_written where report = ?", [str(report)])
        connection.execute(
            "insert into ops.reports_written by name"
            " select ? as report, ? as size_bytes, ? as modified_at_ns, ? as written_by",
            [str(report), *_status_of(report), _hash_of_reporting()],
        )


def is_report_of(warehouse: Path, report: Path) -> bool:
    """Tell whether a report is as it was last made from this warehouse, and from no other since."""
    if not report.exists():
        return False
    with open_warehouse(warehouse) as connection:
        noted = connection.execute(
            "select * exclude report from ops.reports_written where report = ?", [str(report)]
        ).fetchall()
    return noted == [(*_status_of(report), _hash_of_reporting())]


def _status_of(report: Path) -> tuple[int, int]:
    status = report.stat()
    return status.st_size, status.st_mtime_ns


def _hash_of_reporting() -> str:
    """Return a hash of all that words and writes reports: a sentence may change them."""
    digest = hashlib.sha256()
    folder = ROOT / "pipeline" / "reporting"
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _WRITES_REPORTS):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    yield ROOT / "dbt_project.yml"
    for folder, pattern in (("dbt_project", "*"), ("ml", "*.py")):
        yield from sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())
