"""The publication that is served, and its replacement by a newer one while requests run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.runtime.errors import InputError, PipelineError
from pipeline.service.lookups import Keys
from pipeline.service.pseudonyms import know_pseudonyms
from pipeline.service.scoring import Scorer, scorer_of

_SCORERS = 2
_SOME_NUMBER = 541_312_140
# What is read often stays in it; a lookup needs a few megabytes.
_MEMORY = "1GB"
_FACTS = """
    select
        (select state from published.ops.publication),
        (select max(model_version) from published.marts.current_segment_model),
        (select count(*) from published.marts.user_segments),
        (select as_of::text from published.core.store_totals)
"""


@dataclass(frozen=True)
class Facts:
    """What a publication is: its state, model, customers, and the day that it sees until."""

    state: str
    model_version: int | None
    customer_count: int
    as_of: str | None


class OpenPublication:
    """One published file, open until the last request that uses it has ended."""

    def __init__(self, path: Path) -> None:
        self.identity = identity_of(path)
        # Attached, because two connections to one path would share the file that was opened first.
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": _MEMORY})
        self._connection.execute("set TimeZone = 'UTC'")
        quoted = str(path).replace("'", "''")
        try:
            self._connection.execute(f"attach '{quoted}' as published (read_only)")
            self.facts = Facts(*self._connection.execute(_FACTS).fetchall()[0])
        except duckdb.Error as error:
            self._connection.close()
            raise PipelineError(
                f"{path} cannot be served ({str(error).splitlines()[0]}): run"
                " `python run_pipeline.py run` again."
            ) from error
        self._scorers: queue.SimpleQueue[Scorer] = queue.SimpleQueue()
        self._prepare_scoring(path)
        self._users = 0
        self._is_retired = False
        self._lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own, for one request."""
        return self._connection.cursor()

    @contextmanager
    def scorer(self) -> Iterator[Scorer]:
        """Lend one of the scorers; whoever comes when all are lent waits.

        Raises
        ------
        InputError
            When the publication has no queries to score with.
        """
        if self.cannot_score:
            raise InputError(self.cannot_score)
        scorer = self._scorers.get()
        try:
            yield scorer
        finally:
            self._scorers.put(scorer)

    def take(self) -> bool:
        """Note one more user, unless it is closed already."""
        with self._lock:
            if self._is_retired and not self._users:
                return False
            self._users += 1
            return True

    def give_back(self) -> None:
        """Note that a user has ended, and close after the last one."""
        with self._lock:
            self._users -= 1
            is_over = self._is_retired and not self._users
        if is_over:
            self._close()

    def retire(self) -> None:
        """Close as soon as nobody uses it."""
        with self._lock:
            self._is_retired = True
            is_over = not self._users
        if is_over:
            self._close()

    def _prepare_scoring(self, path: Path) -> None:
        self.cannot_score = ""
        self.keys = Keys("select try_cast($1 as bigint)", True)
        try:
            for _ in range(_SCORERS):
                self._scorers.put(scorer_of(path))
        except PipelineError as error:
            self.cannot_score = str(error)
            return
        know_pseudonyms(self._connection)
        self.keys = self._published_keys()

    def _published_keys(self) -> Keys:
        query = self._connection.execute(
            "select query from published.ops.scoring_queries where name = 'user_key'"
        ).fetchall()[0][0]
        key = self._connection.execute(query, [str(_SOME_NUMBER)]).fetchall()[0][0]
        return Keys(query, key == _SOME_NUMBER)

    def _close(self) -> None:
        while not self._scorers.empty():
            self._scorers.get().close()
        self._connection.close()


class CurrentPublication:
    """The newest publication; what is under way keeps the one that it began with."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise InputError(f"Nothing is published at {path}: run `python run_pipeline.py` first.")
        self._current = OpenPublication(path)
        self._lock = threading.Lock()

    @contextmanager
    def use(self) -> Iterator[OpenPublication]:
        """Lend the newest publication for one request."""
        while True:
            publication = self._current
            if publication.take():
                break
        try:
            yield publication
        finally:
            publication.give_back()

    def renew(self) -> bool:
        """Open the file again if a run has replaced it; return whether it has.

        A file that cannot be opened leaves the former publication in service.
        """
        with self._lock:
            try:
                if identity_of(self._path) == self._current.identity:
                    return False
                newer = OpenPublication(self._path)
            except (OSError, PipelineError):
                return False
            former, self._current = self._current, newer
        former.retire()
        return True

    def close(self) -> None:
        """Close it; requests under way end first."""
        self._current.retire()


def identity_of(path: Path) -> tuple[int, int]:
    """Return what differs once a run has put another file in the place."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
