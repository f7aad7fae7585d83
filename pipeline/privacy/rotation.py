"""Another key: a warehouse is given new pseudonyms, without its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from duckdb.func import ARROW

from pipeline.privacy.audit import note, require_privacy_tables
from pipeline.privacy.erasure import under_way
from pipeline.privacy.functions import marks_of
from pipeline.privacy.keys import secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.privacy.rewriting import Rewriting, remove_unfinished, replaced_or_removed
from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import database_config
from pipeline.warehouse.connection import open_warehouse

if TYPE_CHECKING:
    import numpy as np

# By schema, table and column: what stands there in place of the former.
_SESSION = "hex(rekeyed_session(('0x' || {})::ubigint))"
_REPLACED = {
    ("core", "event_lines", "session_id"): _SESSION.format("session_id"),
    ("core", "int_sessions", "other_session_id"): _SESSION.format("other_session_id"),
    ("core", "pseudonym_checks", "user_check"): "rekeyed_check(user_check)",
}


def rotate(warehouse: Path) -> None:
    """Replace the pseudonyms of former keys by those of the last key, in one step.

    Raises
    ------
    InputError
        The first keys are not those of the warehouse, or there is no new one; nothing was touched.
    PipelineError
        The new file cannot be written; the former one is as it was.
    """
    with open_warehouse(warehouse) as connection:
        require_privacy_tables(connection, warehouse.name)
        former = marks_of(connection) or []
    pseudonyms = Pseudonyms(secret_keys())
    if not former or pseudonyms.marks[: len(former)] != former or pseudonyms.marks == former:
        raise InputError(
            f"AMAZING_KEY does not begin with the key of {warehouse.name} and end with a new one:"
            " give the former keys and the new one, one a line."
        )
    if under_way(warehouse)[0]:
        raise InputError("An erasure was interrupted: end it first, with the former key alone.")
    remove_unfinished(warehouse)
    with duckdb.connect(config=database_config()) as connection:
        _register(connection, pseudonyms, len(former))
        with replaced_or_removed(warehouse):
            rewriting = _Rekeying(connection, warehouse, [])
            rewriting.copy()
            # What was computed in the order of ids, or drawn by them, is another.
            rewriting.let_all_be_made_anew()
            marks = " ".join(pseudonyms.marks)
            connection.execute("update anew.ops.key_marks set marks = ?", [marks])
            note(connection, "rotate-key", 0, database="anew")
            rewriting.replace()


class _Rekeying(Rewriting):
    """Writes a database anew with other pseudonyms."""

    def copy_table(self, schema: str, table: str) -> None:
        columns = []
        for column, type_ in self.columns(schema, table).items():
            value = _REPLACED.get((schema, table, column), column)
            if column == "user_id" and type_ == "BIGINT":
                value = "rekeyed_user(user_id)"
            columns.append(f"{value} as {column}")
        self.connection.execute(
            f"insert into anew.{schema}.{table}"
            f" select {', '.join(columns)} from former.{schema}.{table}"
        )


def _register(connection: duckdb.DuckDBPyConnection, new: Pseudonyms, ages: int) -> None:
    for name, function, type_ in (
        ("rekeyed_user", new.changed, "bigint"),
        ("rekeyed_check", new.changed_checks, "ubigint"),
        ("rekeyed_session", new.changed_sessions, "ubigint"),
    ):
        connection.create_function(name, _of_vectors(function, ages), [type_], type_, type=ARROW)


def _of_vectors(
    function: Callable[..., np.ndarray], ages: int
) -> Callable[[pa.ChunkedArray], pa.Array]:
    def of_vector(numbers: pa.ChunkedArray) -> pa.Array:
        return pa.array(function(numbers.to_numpy(), ages=ages))

    return of_vector
