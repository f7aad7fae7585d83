"""What dbt asks of the pipeline: the list of input files, as the source `datasets.files_to_load`.

dbt-duckdb calls `load` when a model reads that source, with the connection already open. It is the
same work that the command line does before it starts dbt, so `dbt build` alone needs nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig
from dbt.flags import get_flags
from duckdb import DuckDBPyConnection

from pipeline.loading import files_frame, files_to_load, known_files


class Plugin(BasePlugin):
    """Source plugin of dbt-duckdb; its module name is its name in `sources.yml`."""

    def initialize(self, plugin_config: dict) -> None:
        """Remember the settings; whatever dbt creates from now on belongs to its owner alone."""
        os.umask(0o077)
        self._datasets = Path(plugin_config["datasets"]).resolve()
        self._threads = plugin_config["threads"]

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Keep the connection, to read the ledger with."""
        self._connection = conn
        if self._threads:
            conn.execute(f"set threads = {int(self._threads)}")

    def load(self, source_config: SourceConfig) -> pd.DataFrame:  # noqa: ARG002
        """Return one row per input file, see `pipeline.loading.files_frame`."""
        with self._connection.cursor() as cursor:
            known = {} if getattr(get_flags(), "FULL_REFRESH", False) else known_files(cursor)
        return files_frame(files_to_load(self._datasets, known), self._datasets)
