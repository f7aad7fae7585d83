"""What a run on Spark brings home: what is published, as a DuckDB file beside the lake.

Everything after a run reads that file: the report, `status`, exports, the published copy. Spark
writes Parquet files, which DuckDB reads, so nothing passes through the memory of the driver.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipeline.runtime.errors import PipelineError
from pipeline.runtime.settings import RunSettings, lake_of
from pipeline.warehouse.engine import note_lake
from pipeline.warehouse.publication import PUBLISHED_TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Of the lines, those that are refused: what a run and `status --file` show of them.
_QUERIES = {
    ("core", "event_lines"): "select * from core.event_lines where rejection_reason is not null",
    ("core", "texts_of_ids"): "select kind, id, id_text from core.texts_of_ids",
}


def bring_home(settings: RunSettings) -> None:
    """Copy what is published out of the lake into the DuckDB file of the run, whole or not at all.

    Raises
    ------
    PipelineError
        The lake is where DuckDB does not reach it.
    """
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    passing = lake_of(settings.warehouse) / "brought_home"
    home = settings.warehouse.with_name(settings.warehouse.name + ".unfinished")
    home.unlink(missing_ok=True)
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(str(home)) as connection:
            for relation in _relations(session):
                _copy(session, connection, relation, passing)
            note_lake(connection, lake_of(settings.warehouse))
        home.chmod(0o600)
        home.replace(settings.warehouse)
    finally:
        home.unlink(missing_ok=True)
        shutil.rmtree(passing, ignore_errors=True)


def _relations(session: SparkSession) -> Iterator[tuple[str, str]]:
    for schema, name in (*PUBLISHED_TABLES, *_QUERIES):
        if session.catalog.tableExists(f"{schema}.{name}"):
            yield schema, name


def _copy(
    session: SparkSession,
    connection: duckdb.DuckDBPyConnection,
    relation: tuple[str, str],
    passing: Path,
) -> None:
    schema, name = relation
    folder = passing / f"{schema}.{name}"
    rows = session.sql(_QUERIES.get(relation, f"select * from {schema}.{name}"))
    rows.write.mode("overwrite").parquet(str(folder))
    files = sorted(str(path) for path in folder.glob("*.parquet"))
    if not files:
        raise PipelineError(
            f"The lake in {passing.parent} is not on this machine, so nothing can be published"
            " from it: mount it, or name a --warehouse on a shared disk."
        )
    connection.execute(f"create schema if not exists {schema}")
    connection.execute(f"create table {schema}.{name} as select * from read_parquet($1)", [files])
