"""A database file written anew without some people: what is gone is gone to the last byte.

Deleted rows stay in the blocks of a DuckDB file, and in its log, until something else takes their
place. A new file has only what was written into it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.privacy.people import Person
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.memory import database_config
from pipeline.warehouse.connection import let_go

# What stays of a line of an erased person: that it was there. As `macros/rules/erased_people.sql`.
OF_THEIR_LINE = {
    "source_file": "source_file",
    "rejection_reason": "'erased'",
    "raw_line": "[null]::text[]",
    "is_duplicate": "false",
    "has_unreadable_category": "false",
}
# Of a refused line that only holds the id somewhere, also why, and where it stands.
_OF_ANOTHER_LINE = OF_THEIR_LINE | {
    "rejection_reason": "rejection_reason",
    "line_number": "line_number",
}
_JOURNAL = ("ops", "erasures_under_way")
_LINES = ("core", "event_lines")


@dataclass
class Rewriting:
    """A database, and the new one beside it, as `former` and `anew` of one connection."""

    connection: duckdb.DuckDBPyConnection
    path: Path
    people: Sequence[Person]
    #: By relation, how many rows were removed or emptied.
    removed: dict[str, int] = field(default_factory=dict)

    @property
    def new_path(self) -> Path:
        """Where the new file is until it takes the place of the former one."""
        return unfinished_path(self.path)

    def copy(self) -> None:
        """Write everything but these people into the new file."""
        self.connection.execute(f"attach {_quoted(self.path)} as former (read_only)")
        # Readers may be older than the library that writes: see `profiles.yml`.
        self.connection.execute(
            f"attach {_quoted(self.new_path)} as anew (storage_version 'v1.5.0')"
        )
        self.connection.execute("copy from database former to anew (schema)")
        for schema, table in self.tables():
            if (schema, table) != _JOURNAL:
                self.copy_table(schema, table)

    def tables(self) -> list[tuple[str, str]]:
        """Return the tables of the database."""
        return self.connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where database_name = 'former' order by all"
        ).fetchall()

    def replace(self) -> None:
        """Put the new file in the place of the former one, log and all."""
        self.connection.execute("checkpoint anew")
        self.connection.execute("detach anew")
        self.connection.execute("detach former")
        self.new_path.chmod(0o600)
        os.replace(self.new_path, self.path)
        _log_of(self.path).unlink(missing_ok=True)

    def let_the_rest_be_made_anew(self, is_gone: str) -> None:
        """Raise the version of days whose lines are gone; void what counted them."""
        gone = f"from former.core.event_lines where {is_gone}"
        self.connection.execute(
            "update anew.ops.event_lines_by_day set version = version + 1"
            f" where day in (select distinct occurred_at::date {gone})"
        )
        self.connection.execute(
            "update anew.core.loaded_files set kept_count = null"
            f" where source_file in (select distinct source_file {gone})"
        )
        self.connection.execute("delete from anew.ops.features_state")
        self.connection.execute("insert into anew.ops.features_state values (false, null, null)")

    def let_all_be_made_anew(self) -> None:
        """Void whatever was computed of the lines."""
        for statement in (
            "delete from anew.ops.months_built",
            "update anew.ops.event_lines_by_day set version = version + 1",
            "delete from anew.ops.features_state",
            "insert into anew.ops.features_state values (false, null, null)",
        ):
            self.connection.execute(statement)

    def count(self, relation: str, rows: int) -> None:
        """Note what was removed of a relation, if anything was."""
        if rows:
            self.removed[relation] = self.removed.get(relation, 0) + rows

    def copy_table(self, schema: str, table: str) -> None:
        """Copy what stays of a table."""
        name = f"{schema}.{table}"
        is_theirs = self._is_theirs(schema, table)
        if is_theirs is None:
            self.connection.execute(f"insert into anew.{name} from former.{name}")
            return
        if (schema, table) == _LINES:
            columns = self._emptied_columns(is_theirs)
            self.connection.execute(f"insert into anew.{name} select {columns} from former.{name}")
        else:
            self.connection.execute(
                f"insert into anew.{name} from former.{name} where not coalesce({is_theirs}, false)"
            )
        count = self.connection.execute(f"select count(*) from former.{name} where {is_theirs}")
        self.count(name, count.fetchall()[0][0])

    def _is_theirs(self, schema: str, table: str) -> str | None:
        """Return the condition for a row of these people; None where a table has none."""
        columns = self.columns(schema, table)
        keys = ", ".join(str(person.user_id) for person in self.people)
        forms = ", ".join(_quoted(form) for person in self.people for form in sorted(person.forms))
        if (schema, table) == ("core", "texts_of_ids") or table == "id_texts":
            return f"kind = 'user' and id in ({keys})"
        if "user_id" not in columns:
            return None
        if columns["user_id"] == "BIGINT":
            return f"user_id in ({keys})"
        return f"user_id::text in ({forms})"

    def columns(self, schema: str, table: str) -> dict[str, str]:
        """Return the columns of a table with their types, in order."""
        return dict(
            self.connection.execute(
                "select column_name, data_type from duckdb_columns() where database_name = 'former'"
                " and schema_name = ? and table_name = ? order by column_index",
                [schema, table],
            ).fetchall()
        )

    def _emptied_columns(self, is_theirs: str) -> str:
        """Return the columns of `event_lines`, with nothing of these people's."""
        forms = "|".join(_pattern(form) for person in self.people for form in sorted(person.forms))
        holds = f"regexp_matches(raw_line[1], {_quoted(forms_pattern(forms))})"
        columns = [
            f"case when coalesce({is_theirs}, false) then {OF_THEIR_LINE.get(column, 'null')}"
            f" when coalesce({holds}, false) then {_OF_ANOTHER_LINE.get(column, 'null')}"
            f" else {column} end as {column}"
            for column in self.columns(*_LINES)
        ]
        return ", ".join(columns)


def forms_pattern(forms: str) -> str:
    """Return the pattern of an id that stands alone in a text."""
    return rf"(^|[,;|\t\"\s])({forms})(\.\d*)?($|[,;|\t\"\s])"


def rewrite_without(path: Path, people: Sequence[Person]) -> dict[str, int]:
    """Write a published file anew without some people; return the rows removed by relation.

    Raises
    ------
    PipelineError
        The new file cannot be written; the former one is as it was.
    """
    remove_unfinished(path)
    with duckdb.connect(config=database_config()) as connection:
        rewriting = Rewriting(connection, path, people)
        with replaced_or_removed(path):
            rewriting.copy()
            if rewriting.removed:
                rewriting.replace()
    remove_unfinished(path)
    return rewriting.removed


class replaced_or_removed:  # noqa: N801 - a context manager
    """Let go of a file to be written anew; where that fails, say why in one sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        let_go(self._path)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, duckdb.Error | OSError):
            remove_unfinished(self._path)
            raise PipelineError(
                f"{self._path} cannot be written anew"
                f" ({type(error).__name__}): make room for another copy of it, then run again."
            ) from error


def unfinished_path(path: Path) -> Path:
    """Return where a database is written before it takes its place."""
    return path.with_name(path.name + ".anew")


def remove_unfinished(path: Path) -> None:
    """Remove what a killed rewriting left."""
    for each in (unfinished_path(path), _log_of(unfinished_path(path))):
        each.unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _pattern(form: str) -> str:
    """Return a text as RE2 and Python both match it literally."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in form)


def _quoted(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def names(relations: Collection[str]) -> str:
    """Return names as one text, in order."""
    return ", ".join(sorted(relations))
