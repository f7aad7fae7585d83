"""What dbt asks of the pipeline: the list of input files, as the source `datasets.files_to_load`.

dbt-duckdb calls `load` when a model reads that source, with the connection already open. It is the
same work that the command line does before it starts dbt, so `dbt build` alone needs nothing else.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig
from dbt.flags import get_flags
from dbt_common.invocation import get_invocation_id
from duckdb import DuckDBPyConnection, DuckDBPyRelation
from duckdb import Error as DuckDBError

from pipeline.ingest.files_to_load import FileToLoad, files_to_load
from pipeline.ingest.inflated_files import read_inflated
from pipeline.ingest.source_relation import relation_of
from pipeline.privacy.functions import protect_people
from pipeline.runtime.private_files import for_the_owner_alone
from pipeline.warehouse.load_log import known_files

# The cursors of the running dbt; a few more than it uses at a time.
_CURSORS: deque[DuckDBPyConnection] = deque(maxlen=8)


def statement_progress() -> float | None:
    """Return how much of the running statement is done, in [0, 1]; None where nothing runs."""
    shares = [_progress_of(cursor) for cursor in tuple(_CURSORS)]
    return max((share for share in shares if share is not None), default=None)


def _progress_of(cursor: DuckDBPyConnection) -> float | None:
    try:
        share = cursor.query_progress()
    except DuckDBError:
        # The cursor was closed in the meantime.
        return None
    return share / 100 if share >= 0 else None


class Plugin(BasePlugin):
    """Source plugin of dbt-duckdb; its module name is its name in `sources.yml`."""

    def initialize(self, plugin_config: dict) -> None:
        """Remember the settings; whatever dbt creates from now on belongs to its owner alone."""
        for_the_owner_alone()
        # Plain dbt made these before it asked us; another user's are left as they are.
        for folder in map(Path, ("target", "logs")):
            with suppress(OSError):
                folder.chmod(0o700)
        # Copies of records lie beside it, whoever calls.
        os.environ.setdefault("AMAZING_WAREHOUSE", plugin_config["warehouse"])
        self._lock = threading.Lock()
        self._invocation: str | None = None
        self._files: list[FileToLoad] = []
        self._datasets = Path(plugin_config["datasets"]).resolve()
        self._warehouse = Path(plugin_config["warehouse"]).absolute()
        self._threads = plugin_config["threads"]

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Keep the connection, to read the ledger with; let it read gzipped files."""
        self._connection = conn
        read_inflated(conn)
        self._has_pseudonyms = protect_people(conn, self._warehouse)
        # Here, and not among the settings of the profile, which each model would set anew.
        conn.execute("set global TimeZone = 'UTC'")
        if self._threads:
            conn.execute(f"set threads = {int(self._threads)}")

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Let the progress of a statement be asked for, and models know of pseudonyms."""
        if self._has_pseudonyms:
            # Asking which functions there are takes DuckDB longer than many a small model.
            cursor.execute("set variable has_pseudonyms = true")
        _CURSORS.append(cursor)

    def load(self, source_config: SourceConfig) -> DuckDBPyRelation:
        """Return one row per input file, see `pipeline.ingest.source_relation`."""
        # dbt-duckdb writes the name of the database without quotes, and it is that of the file:
        # `full.duckdb` or `my-store.duckdb` would be a syntax error. Without it the name resolves.
        source_config.database = None
        # Once for all models of an invocation: of a file that is replaced meanwhile, the ledger is
        # to say what was read, so that the next run sees the other one.
        with self._lock:
            if self._invocation != get_invocation_id():
                self._files, self._invocation = self._look(), get_invocation_id()
        return relation_of(self._files, self._datasets, self._connection.cursor())

    def _look(self) -> list[FileToLoad]:
        with self._connection.cursor() as cursor:
            known = known_files(cursor)
        reads_all = getattr(get_flags(), "FULL_REFRESH", False)
        variables = getattr(get_flags(), "VARS", None)
        return files_to_load(self._datasets, known, reads_all=reads_all, variables=variables)
