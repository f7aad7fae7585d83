"""How much a run reads and writes: figures that no busy machine can change."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
from dbt.adapters.duckdb.environments.local import DuckDBCursorWrapper

from pipeline.runtime.progress import QuietReporter, Reporter
from pipeline.runtime.settings import RunSettings

# dbt begins each statement with a comment that says which node it belongs to.
_NODE = re.compile(r'"node_id": "\w+\.\w+\.(\w+)')
_PROFILED = "set enable_profiling = 'no_output'"
# What dbt does with a cursor when a statement is over.
_ENDS = ("commit", "rollback", "close")


@dataclass(frozen=True)
class Work:
    """What a run did.

    Attributes
    ----------
    rows_read : Counter
        By model or data test, the rows that its scans of tables and files returned.
    bytes_written : int or None
        What the process wrote into files, the warehouse and everything else; None where the system
        does not count that: only Linux does.
    """

    rows_read: Counter[str]
    bytes_written: int | None


def measure_work(command: Callable[[RunSettings, Reporter], None], settings: RunSettings) -> Work:
    """Run `etl` or `model` in this process and return what it read and wrote."""
    before = _bytes_written()
    with _watched_statements() as rows_read:
        command(settings, QuietReporter())
    after = _bytes_written()
    return Work(rows_read, None if before is None or after is None else after - before)


def _bytes_written() -> int | None:
    if not psutil.LINUX:
        return None
    return int(psutil.Process().io_counters().write_chars)


class _Watch:
    """What the statements of dbt have read so far.

    A statement is asked when the next one comes, the transaction ends or the cursor is closed: some
    rows are read only while the result is fetched.
    """

    def __init__(self) -> None:
        self.rows_read: Counter[str] = Counter()
        self._running: dict[Any, str | None] = {}

    def begin(self, cursor: Any, sql: str) -> None:
        if cursor in self._running:
            self.end(cursor)
        else:
            cursor.execute(_PROFILED)
        found = _NODE.search(sql)
        self._running[cursor] = found.group(1) if found else None

    def end(self, cursor: Any) -> None:
        name, self._running[cursor] = self._running.get(cursor), None
        if name:
            profile = json.loads(cursor.get_profiling_information(format="json") or "{}")
            self.rows_read[name] += profile.get("query", {}).get("total_rows_scanned", 0)


@contextmanager
def _watched_statements() -> Iterator[Counter[str]]:
    watch = _Watch()
    execute, look_up = DuckDBCursorWrapper.execute, DuckDBCursorWrapper.__getattr__

    def watched_execute(self: Any, sql: str, bindings: Any = None) -> Any:
        watch.begin(self._cursor, sql)
        return execute(self, sql, bindings)

    def watched_look_up(self: Any, name: str) -> Any:
        if name in _ENDS:
            watch.end(self._cursor)
        return look_up(self, name)

    DuckDBCursorWrapper.execute = watched_execute
    DuckDBCursorWrapper.__getattr__ = watched_look_up
    try:
        yield watch.rows_read
    finally:
        DuckDBCursorWrapper.execute = execute
        DuckDBCursorWrapper.__getattr__ = look_up
