"""Events beyond `retention_months`: gone from the warehouse, counted in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.privacy.audit import note
from pipeline.privacy.rewriting import (
    OF_THEIR_LINE,
    Rewriting,
    remove_unfinished,
    replaced_or_removed,
)
from pipeline.runtime.memory import database_config
from pipeline.warehouse.connection import open_warehouse, relation_exists

_BEYOND = """
    select date_trunc('month', max(occurred_at)) - to_months(?) as kept_from
    from core.event_lines where rejection_reason is null
"""
# Of refused lines the time may be unknown: they go with their file.
_IS_BEYOND = """
    coalesce(occurred_at < timestamp '{kept_from}', false)
    or (
        occurred_at is null and rejection_reason is not null
        and rejection_reason not in ('erased', 'beyond_retention')
        and source_file in (
            select source_file from former.core.loaded_files
            where last_event_at < timestamp '{kept_from}'
        )
    )
"""


@dataclass(frozen=True)
class Retired:
    """How many lines were removed, from when on others are kept, and files that are older."""

    line_count: int
    kept_from: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class Retention:
    """From when on events were and are kept, None where all are; and what was removed, if any."""

    former: datetime | None = None
    now: datetime | None = None
    retired: Retired | None = None


def retire(warehouse: Path, months: int | None) -> Retention:
    """Remove what is older than so many months before that of the last event.

    For a caller who holds the lock. The file is written anew, so that nothing stays in its blocks.

    Raises
    ------
    PipelineError
        The new file cannot be written; the former one is as it was.
    """
    if not warehouse.exists():
        return Retention()
    with open_warehouse(warehouse, read_only=False) as connection:
        if not relation_exists(connection, "ops", "retention"):
            return Retention()
        former = _first_row(connection, "select kept_from from ops.retention")
        # Without an event there is nothing to count back from.
        now = None if months is None else _first_row(connection, _BEYOND, months) or former
        if now != former:
            connection.execute("delete from ops.retention")
            if now is not None:
                connection.execute("insert into ops.retention values (?)", [now])
        if now is None:
            return Retention(former)
        oldest = _first_row(connection, "select min(occurred_at) from core.event_lines")
    is_all_kept = oldest is None or oldest >= now
    return Retention(former, now, None if is_all_kept else _rewrite(warehouse, now))


def _first_row(
    connection: duckdb.DuckDBPyConnection, query: str, *parameters: object
) -> datetime | None:
    rows = connection.execute(query, parameters).fetchall()
    return rows[0][0] if rows else None


def _rewrite(warehouse: Path, kept_from: datetime) -> Retired:
    remove_unfinished(warehouse)
    with duckdb.connect(config=database_config()) as connection:
        moment = kept_from.isoformat(sep=" ")
        is_beyond = _IS_BEYOND.format(kept_from=moment)
        rewriting = _Retiring(connection, warehouse, [], is_beyond=is_beyond, kept_from=moment)
        with replaced_or_removed(warehouse):
            rewriting.copy()
            count = rewriting.removed.get("core.event_lines", 0)
            rewriting.let_the_rest_be_made_anew(rewriting.is_beyond)
            files = connection.execute(
                "select source_file from former.core.loaded_files where last_event_at < ?"
                " order by all",
                [kept_from],
            ).fetchall()
            note(connection, "retention", 0, f"core.event_lines {count}", database="anew")
            rewriting.replace()
    return Retired(count, kept_from, tuple(name for (name,) in files))


@dataclass
class _Retiring(Rewriting):
    """Writes a database anew with old lines emptied; what was computed of them follows."""

    is_beyond: str = "false"
    kept_from: str = ""

    def copy_table(self, schema: str, table: str) -> None:
        """Copy what stays of a table."""
        name = f"{schema}.{table}"
        if name == "core.event_lines":
            self._copy_lines()
        else:
            self.connection.execute(
                f"insert into anew.{name} from former.{name} where {self._stays(schema, table)}"
            )

    def _copy_lines(self) -> None:
        emptied = OF_THEIR_LINE | {"rejection_reason": "'beyond_retention'"}
        columns = ", ".join(
            f"case when {self.is_beyond} then {emptied.get(column, 'null')} else {column} end"
            f" as {column}"
            for column in self.columns("core", "event_lines")
        )
        lines = "from former.core.event_lines"
        self.connection.execute(f"insert into anew.core.event_lines select {columns} {lines}")
        query = f"select count(*) {lines} where {self.is_beyond}"
        self.count("core.event_lines", self.connection.execute(query).fetchall()[0][0])

    def _stays(self, schema: str, table: str) -> str:
        """Return the condition for a row to stay: of a month, or a customer, with events that do.

        The build makes these tables anew, but former rows would stay in the blocks of the file.
        Who was in a campaign was so, whatever is kept of the events.
        """
        columns = self.columns(schema, table)
        staying = f"select user_id from former.core.event_lines where not ({self.is_beyond})"
        if "visit_month" in columns and schema == "core":
            return f"visit_month >= timestamp '{self.kept_from}'"
        if table == "texts_of_ids":
            return f"kind <> 'user' or id in ({staying} and user_id is not null)"
        if "user_id" in columns and schema in {"core", "marts"} and "campaign" not in table:
            return f"user_id in ({staying} and user_id is not null)"
        return "true"
