"""What is no longer to be kept of lines that are there: ids of visits, and columns nobody needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.privacy.audit import note
from pipeline.privacy.functions import protect_people, require_key_of
from pipeline.privacy.rewriting import Rewriting, remove_unfinished, replaced_or_removed
from pipeline.runtime.memory import database_config
from pipeline.warehouse.connection import open_warehouse, relation_exists

SESSIONS = "session_id"
_LINES = ("core", "event_lines")
_FORMER = "from former.core.event_lines"
# As `macros/rules/kept_columns.sql` marks a visit while its file is read.
_MARK = """
    case when session_id is not null then hex(
        session_pseudonym(concat_ws(' ', user_id, occurred_at::date, session_id))
    ) end
"""
_OF_VISITS = {SESSIONS, "session_uuid", "other_session_id"}


def reduce(
    warehouse: Path, *, columns_not_kept: Collection[str], keeps_session_ids: bool
) -> dict[str, int]:
    """Remove what is no longer to be kept; return of how many lines, by column.

    For a caller who holds the lock. The file is written anew, so that nothing stays in its blocks.

    Raises
    ------
    InputError
        The keys are not those of the warehouse; nothing was touched.
    PipelineError
        The new file cannot be written; the former one is as it was.
    """
    asked = {*columns_not_kept, *(() if keeps_session_ids else (SESSIONS,))}
    if not asked or not warehouse.exists():
        return {}
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "ops", "privacy_log"):
            return {}
        counts = {column: _count(connection, column) for column in sorted(asked)}
        require_key_of(connection, warehouse.name)
    reduced = {column: count for column, count in counts.items() if count}
    if reduced:
        _rewrite(warehouse, reduced)
    return reduced


def are_session_ids_lost(warehouse: Path) -> bool:
    """Tell whether lines are there that have marks alone in the place of ids of visits."""
    if not warehouse.exists():
        return False
    with open_warehouse(warehouse) as connection:
        return (
            relation_exists(connection, "ops", "kept_session_ids")
            and not has_session_ids(connection)
            and with_value(connection, SESSIONS) > 0
        )


def has_session_ids(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether lines of a warehouse have ids of visits, or their pseudonyms, and no marks."""
    # An earlier version noted nothing.
    is_noted = relation_exists(connection, "ops", "kept_session_ids")
    if is_noted and connection.execute("from ops.kept_session_ids").fetchall() == []:
        return False
    return with_value(connection, SESSIONS) > 0


def with_value(connection: duckdb.DuckDBPyConnection, column: str) -> int:
    """Return how many lines of a warehouse have a value in a column."""
    if not relation_exists(connection, *_LINES):
        return 0
    return connection.execute(f"select count({column}) from core.event_lines").fetchall()[0][0]


def _count(connection: duckdb.DuckDBPyConnection, column: str) -> int:
    if column == SESSIONS and not has_session_ids(connection):
        return 0
    return with_value(connection, column)


def _rewrite(warehouse: Path, reduced: dict[str, int]) -> None:
    remove_unfinished(warehouse)
    with duckdb.connect(config=database_config()) as connection:
        protect_people(connection, warehouse)
        reducing = _Reducing(connection, warehouse, [], not_kept=frozenset(reduced))
        with replaced_or_removed(warehouse):
            reducing.copy()
            reducing.let_all_be_made_anew()
            outcome = ", ".join(f"{column} {count}" for column, count in reduced.items())
            note(connection, "least-data", 0, outcome, database="anew")
            reducing.replace()


@dataclass
class _Reducing(Rewriting):
    """Writes a database anew without some columns; what was computed of them follows."""

    not_kept: frozenset[str] = field(default_factory=frozenset)

    def copy_table(self, schema: str, table: str) -> None:
        """Copy a table; not one that the build makes anew of what is gone."""
        columns = self.columns(schema, table)
        is_made_of_them = (
            _OF_VISITS.intersection(columns) if SESSIONS in self.not_kept else set()
        ) or (schema, table) == ("core", "int_shelf_names")
        if (schema, table) == _LINES:
            values = ", ".join(f"{self._kept(column)} as {column}" for column in columns)
            self.connection.execute(f"insert into anew.{schema}.{table} select {values} {_FORMER}")
        elif table == "kept_session_ids" and SESSIONS in self.not_kept:
            return
        elif not is_made_of_them:
            self.connection.execute(
                f"insert into anew.{schema}.{table} from former.{schema}.{table}"
            )

    def _kept(self, column: str) -> str:
        if column not in self.not_kept:
            return column
        return _MARK if column == SESSIONS else "null"
