"""What the database asks about people while it reads files: functions that know the keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import ARROW, DEFAULT, NATIVE, SPECIAL

from pipeline.privacy.keys import make_erasure_key, secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.privacy.suppression import know_the_erased
from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import masked
from pipeline.warehouse.connection import open_warehouse, relation_exists


def protect_people(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> bool:
    """Register the functions that `macros/rules` call, as far as this warehouse needs them.

    Returns
    -------
    bool
        Whether ids are replaced by pseudonyms.

    Raises
    ------
    InputError
        The keys are not those of the warehouse.
    """
    require_key_of(connection, warehouse.name)
    know_the_erased(connection, warehouse)
    keys = secret_keys()
    if keys:
        register_pseudonyms(connection, Pseudonyms(keys))
    else:
        _register_marks_of_visits(connection, warehouse)
    return bool(keys)


def register_pseudonyms(connection: duckdb.DuckDBPyConnection, pseudonyms: Pseudonyms) -> None:
    """Let the database make pseudonyms."""
    both = "struct(user_id bigint, session ubigint)"
    functions: dict[str, tuple[Callable, list[Any], str]] = {
        "pseudonyms": (pseudonyms.of_lines, ["bigint", "varchar", "varchar"], both),
        "pseudonym": (pseudonyms.users, ["bigint", "varchar"], "bigint"),
        "session_pseudonym": (pseudonyms.sessions, ["varchar"], "ubigint"),
        "pseudonyms_seen": (lambda _: pseudonyms.seen(0), ["boolean"], "ubigint[]"),
        "checks_seen": (lambda _: pseudonyms.seen(1), ["boolean"], "ubigint[]"),
    }
    for name, (function, parameters, result) in functions.items():
        connection.create_function(
            name,
            function,
            parameters,
            result,
            type=ARROW,
            # A line may have a customer and no visit, an id a key and no text.
            null_handling=SPECIAL if len(parameters) > 1 else DEFAULT,
            side_effects=name.endswith("_seen"),
        )
    # Asked once, and of the few lines that are refused.
    connection.create_function(
        "key_marks", lambda _: " ".join(pseudonyms.marks), ["boolean"], "varchar", type=NATIVE
    )
    connection.create_function(
        "line_without_ids",
        _line_without_ids,
        ["varchar"] * 3,
        "varchar",
        type=NATIVE,
        null_handling=SPECIAL,
    )


def _line_without_ids(line: str, user: str | None, session: str | None) -> str | None:
    """Return a refused line without its ids, or nothing where an id may be any word."""
    return masked(line, (user, session)) if user and line else None


def _register_marks_of_visits(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Let the database mark visits without their ids, by a key of this warehouse alone.

    The key is made at the first call: only where `keep_session_ids` is off.
    """

    def marks(texts: pa.ChunkedArray) -> pa.Array:
        return Pseudonyms([make_erasure_key(warehouse)]).sessions(texts)

    connection.create_function(
        "session_pseudonym", marks, ["varchar"], "ubigint", type=ARROW, side_effects=False
    )


def check_key(warehouse: Path) -> None:
    """Make sure that the keys are those with which a warehouse was made, where there is one.

    Raises
    ------
    InputError
        It was made with other keys, with one where none is set now, or without any.
    """
    if warehouse.exists():
        with open_warehouse(warehouse) as connection:
            require_key_of(connection, warehouse.name)


def require_key_of(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Do what `check_key` does, on a warehouse that is open."""
    ours, theirs = Pseudonyms(secret_keys()).marks, marks_of(connection)
    if theirs is None or theirs == ours:
        return
    if not theirs:
        raise InputError(
            f"{name} was made without a key, so its ids are those of the shop: unset AMAZING_KEY,"
            " or name a new warehouse."
        )
    if ours[: len(theirs)] == theirs:
        raise InputError(
            f"{name} still has the pseudonyms of a former key: run"
            " `python run_pipeline.py privacy rotate-key`."
        )
    raise InputError(
        f"{name} was made with another key than that of AMAZING_KEY: set the key that it was made"
        " with, or name a new warehouse."
    )


def marks_of(connection: duckdb.DuckDBPyConnection) -> list[str] | None:
    """Return the marks of the keys of a warehouse; None of one that has no line yet."""
    if not relation_exists(connection, "core", "event_lines"):
        return None
    if connection.execute("select count(*) from core.event_lines").fetchall() == [(0,)]:
        return None
    if not relation_exists(connection, "ops", "key_marks"):
        return []
    rows = connection.execute("select marks from ops.key_marks").fetchall()
    return rows[0][0].split() if rows else []
