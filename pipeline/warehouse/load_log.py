"""The load log: what the warehouse knows of every file that it has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb

_DAY_NS = 86_400 * 10**9
# What earlier versions called `future_from`.
_FORMER_NAME = "end_of_belief"


@dataclass(frozen=True)
class KnownFile:
    """What the ledger says of a file.

    Size in bytes, time of change in nanoseconds, fingerprint of the content, number of lines, when
    this content was first loaded, from which day on its events are in the future, whether lines
    were refused for that, and the hash of the lookup files that it was read with.
    """

    size_bytes: int
    modified_at_ns: int
    fingerprint: str
    line_count: int
    first_loaded_at: datetime
    future_from: date
    has_lines_in_future: bool = False
    lookups_fingerprint: str | None = None


def known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, KnownFile]:
    """Return the ledger by file name; empty where there is no ledger yet."""
    columns = _columns(connection)
    if not columns:
        return {}
    # A ledger of an earlier version has none; the next run gives it all.
    first_loaded = "first_loaded_at" if "first_loaded_at" in columns else "null::timestamp"
    future = next((one for one in ("future_from", _FORMER_NAME) if one in columns), "null::date")
    lookups = "lookups_fingerprint" if "lookups_fingerprint" in columns else "null::text"
    rows = connection.execute(
        "select source_file, size_bytes, modified_at_ns, fingerprint, line_count,"
        f" coalesce({first_loaded}, loaded_at), {future},"
        f" coalesce(map_contains(rejected_by_reason, 'time_in_future'), false), {lookups}"
        " from core.loaded_files"
    ).fetchall()
    return {name: _known_file(*facts) for name, *facts in rows}


def upgrade_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a ledger of an earlier version the columns that say when a file was new."""
    if _FORMER_NAME in _columns(connection):
        connection.execute(
            f"alter table core.loaded_files rename column {_FORMER_NAME} to future_from"
        )
    for column in ("first_loaded_at timestamp", "future_from date"):
        connection.execute(f"alter table core.loaded_files add column if not exists {column}")


def _columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "select column_name from information_schema.columns"
        " where table_schema = 'core' and table_name = 'loaded_files'"
    ).fetchall()
    return {name for (name,) in rows}


def _known_file(
    size: int, modified: int, fingerprint: str, lines: int, first: datetime, future: date | None,
    has_lines_in_future: bool, lookups: str | None,
) -> KnownFile:  # fmt: skip
    end = future or future_from(modified, first)
    return KnownFile(size, modified, fingerprint, lines, first, end, has_lines_in_future, lookups)


def future_from(modified_at_ns: int, first_loaded_at: datetime) -> date:
    """Return the day from which events of a file are in the future.

    No file holds what has not happened when it was written or read, whichever came later; a day is
    left for clocks and time zones.

    Examples
    --------
    >>> future_from(0, datetime(2019, 11, 1, 23, 59))
    datetime.date(2019, 11, 3)
    """
    changed_on = date(1970, 1, 1) + timedelta(days=modified_at_ns // _DAY_NS)
    return max(changed_on, first_loaded_at.date()) + timedelta(days=2)
