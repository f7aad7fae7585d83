"""Everything that is held about one person, as plain data."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from pipeline.privacy.audit import note, require_privacy_tables
from pipeline.privacy.people import Person
from pipeline.warehouse.connection import open_warehouse, relation_exists

_ENGLISH = "en"
#: Of the documents that `privacy export` writes; it rises when a reader would have to change.
FORMAT_VERSION = 1
# Lines are shown as events and refused lines; notes of this project for itself say nothing more.
_SHOWN_OTHERWISE = {("core", "event_lines"), ("ops", "erasures_under_way")}
_TABLES = """
    select schema_name, table_name, data_type from duckdb_columns()
    where column_name = 'user_id' and database_name = current_database() and (
        (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables())
        or (schema_name, table_name) in (('core', 'events'), ('marts', 'user_features'))
    )
    order by all
"""
_REFUSED = """
    select source_file, line_number, rejection_reason, raw_line[1] as raw_line
    from core.event_lines where user_id = ? and rejection_reason is not null order by all
"""
_SEGMENT = """
    select user_segments.segment_id, unsegmented_reason, lifecycle_state, confidence,
        user_segments.model_version, language, segment_texts.segment_name, naming_rule
    from marts.user_segments
    left join marts.segment_texts using (model_version, segment_id)
    where user_id = ?
"""


def answer(warehouse: Path, person: Person) -> dict[str, Any]:
    """Return what is held about a person: see docs/privacy.md for what each part means.

    Raises
    ------
    InputError
        There is no warehouse, an earlier version made it, or another process holds it.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        require_privacy_tables(connection, warehouse.name)
        held = {
            f"{schema}.{table}": rows
            for schema, table, type_ in connection.execute(_TABLES).fetchall()
            if (schema, table) not in _SHOWN_OTHERWISE
            and (rows := _rows(connection, f"{schema}.{table}", person, type_))
        }
        refused = _as_rows(connection.execute(_REFUSED, [person.user_id]))
        found = {
            "format_version": FORMAT_VERSION,
            "id": person.text,
            "id_in_tables": person.user_id,
            "segment": _segment(connection, person),
            "objects_to_profiling": "ops.objections" in held,
            "held": held,
            "refused_lines": refused,
        }
        note(connection, "export", 1, f"{sum(map(len, held.values())) + len(refused)} rows")
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, person: Person, type_: str
) -> list[dict[str, Any]]:
    forms = [str(person.user_id)] if type_ == "BIGINT" else sorted(person.forms)
    key = "user_id" if type_ == "BIGINT" else "user_id::text"
    return _as_rows(
        connection.execute(
            f"select * from {name} where {key} in (select unnest(?::text[])::{type_}) order by all",
            [forms],
        )
    )


def _as_rows(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in found.fetchall()]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; money as text, to the cent."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def _segment(connection: duckdb.DuckDBPyConnection, person: Person) -> dict[str, Any] | None:
    """Return the segment and what it rests on, in every language; None before any was made."""
    if not relation_exists(connection, "marts", "user_segments"):
        return None
    rows = connection.execute(_SEGMENT, [person.user_id]).fetchall()
    if not rows:
        return None
    segment, reason, state, confidence, version, *_ = rows[0]
    said = {language or _ENGLISH: (name, rule) for *_, language, name, rule in rows}
    return {
        "segment_id": segment,
        "unsegmented_reason": reason,
        "lifecycle_state": state,
        "confidence": confidence,
        "model_version": version,
        "names": {language: name for language, (name, _) in said.items() if name},
        "rules": {language: rule for language, (_, rule) in said.items() if rule},
    }
