"""A connection to PostgreSQL, and what its errors mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import adbc_driver_manager
import adbc_driver_postgresql.dbapi

from pipeline.databases.postgres.address import shown_address
from pipeline.runtime.errors import InputError, PipelineError

# Lacking rights, lacking schema: nothing that another try would change.
_REFUSALS = ("42501", "3F000", "25006")
_DEADLINES = ("55P03",)
_FULL_DISK = "53100"


class LockedError(Exception):
    """A reader holds what is to be exchanged."""


class Session:
    """One transaction on a database: it ends with `commit`, or changes nothing."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._cursor = connection.cursor()

    def execute(self, statement: str) -> None:
        """Run a statement that gives no rows.

        Raises
        ------
        LockedError
            When it waited for a lock for longer than `lock_timeout`.
        """
        try:
            self._cursor.execute(statement)
        except adbc_driver_manager.Error as error:
            if error.sqlstate in _DEADLINES:
                raise LockedError from error
            raise

    def rows(self, query: str) -> list[tuple]:
        """Return the rows of a query."""
        self._cursor.execute(query)
        return self._cursor.fetchall()

    def ingest(self, schema: str, table: str, rows: Any) -> int:
        """Copy Arrow batches into a table that is there; return how many rows there were."""
        return self._cursor.adbc_ingest(table, rows, mode="append", db_schema_name=schema)

    def commit(self) -> None:
        """Let everybody see what was done."""
        self._connection.commit()


@contextmanager
def session(address: str) -> Iterator[Session]:
    """Open a transaction; without a `commit` the server forgets it.

    Raises
    ------
    InputError
        When the server cannot be reached, or does not let this user do it.
    PipelineError
        When the server stops in between, or lacks room.
    """
    where = shown_address(address)
    try:
        connection = adbc_driver_postgresql.dbapi.connect(address)
    except adbc_driver_manager.Error as error:
        raise InputError(
            f"PostgreSQL at {where} cannot be used ({_reason(error)}): check the address, and the"
            " password in PGPASSWORD, PGPASSFILE or the service file."
        ) from error
    try:
        yield Session(connection)
    except adbc_driver_manager.Error as error:
        raise _failure(where, error) from error
    finally:
        _close(connection)


def _failure(where: str, error: adbc_driver_manager.Error) -> PipelineError:
    if error.sqlstate in _REFUSALS:
        return InputError(
            f"PostgreSQL at {where} refuses the load ({_reason(error)}): give the user the right to"
            " create a schema, or to create tables in it; nothing was changed."
        )
    todo = (
        "free some room on the server"
        if error.sqlstate == _FULL_DISK
        else "see the server's log, and run again"
    )
    return PipelineError(
        f"The load into PostgreSQL at {where} failed ({_reason(error)}), and the tables are as they"
        f" were: {todo}."
    )


def _close(connection: Any) -> None:
    """Close a connection that may have been lost: a failed goodbye changes nothing."""
    try:
        connection.close()
    except adbc_driver_manager.Error:
        return


def _reason(error: adbc_driver_manager.Error) -> str:
    """Return what the server says, without the words of the libraries between it and us.

    What follows its first line quotes the statement, or the row, which may hold a customer's id.
    """
    first = str(error).splitlines()[0]
    for mark in ("FATAL:", "ERROR:", "failed:"):
        if mark in first:
            first = first.rpartition(mark)[2]
    return first.partition(". SQLSTATE")[0].strip(" .:") or type(error).__name__
