"""What a run on Spark brings home: what is published, as a DuckDB file beside the lake.

Everything after a run reads that file: the report, `status`, exports, the published copy. Spark
writes Parquet files, which DuckDB reads, so nothing passes through the memory of the driver. Of a
table with more rows than `AMAZING_LOCAL_ROWS`, the files stay in the lake, and ours has a view.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import database_config
from pipeline.runtime.remote_folder import is_remote
from pipeline.runtime.settings import RunSettings
from pipeline.spark.lake import folder_of_lake
from pipeline.spark.remote_files import SparkFolder
from pipeline.spark.requirements import local_rows
from pipeline.warehouse.connection import open_warehouse
from pipeline.warehouse.descriptions import quoted
from pipeline.warehouse.engine import note_lake
from pipeline.warehouse.publication import PUBLISHED_TABLES, published_path

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Of the lines, those that are refused: what a run and `status --file` show of them.
_QUERIES = {
    ("core", "event_lines"): "select * from core.event_lines where rejection_reason is not null",
    ("core", "texts_of_ids"): "select kind, id, id_text from core.texts_of_ids",
}
# In the lake, beside the tables: a folder for each run, with those relations that have views.
_FOLDER = "published"
_PIECE_BYTES = 1 << 24


def bring_home(settings: RunSettings) -> None:
    """Copy what is published out of the lake into the DuckDB file of the run, whole or not at all.

    Raises
    ------
    InputError
        A file of the lake does not come to this machine.
    """
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    place = f"{settings.lake_folder}/{_FOLDER}/{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    home = settings.warehouse.with_name(settings.warehouse.name + ".unfinished")
    home.unlink(missing_ok=True)
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(str(home), config=database_config()) as connection:
            for schema, name in _relations(session):
                query = _QUERIES.get((schema, name), f"select * from {schema}.{name}")
                files = f"{place}/{schema}.{name}"
                session.sql(query).write.parquet(files)
                connection.execute(f"create schema if not exists {schema}")
                _bring(connection, f"{schema}.{name}", files, settings.warehouse.parent)
            note_lake(connection, settings.lake_folder)
        home.chmod(0o600)
        home.replace(settings.warehouse)
    finally:
        home.unlink(missing_ok=True)
    # A run that failed before leaves its files to the next.
    _forget_former(session, settings)


def _relations(session: SparkSession) -> Iterator[tuple[str, str]]:
    for schema, name in (*PUBLISHED_TABLES, *_QUERIES):
        if session.catalog.tableExists(f"{schema}.{name}"):
            yield schema, name


def _bring(connection: duckdb.DuckDBPyConnection, relation: str, place: str, here: Path) -> None:
    """Make a table of Parquet files in the lake, or a view of them where they are many rows."""
    if is_remote(place) or not Path(place).is_dir():
        with tempfile.TemporaryDirectory(dir=here) as passing:
            _fill(connection, relation, _fetched(place, Path(passing)))
        return
    files = sorted(map(str, Path(place).glob("*.parquet")))
    counted = "select coalesce(sum(num_rows), 0) from parquet_file_metadata($1)"
    if connection.execute(counted, [files]).fetchall()[0][0] > local_rows():
        names = ", ".join(map(quoted, files))
        connection.execute(f"create view {relation} as select * from read_parquet([{names}])")
    else:
        _fill(connection, relation, files)
        shutil.rmtree(place)


def _fill(connection: duckdb.DuckDBPyConnection, relation: str, files: list[str]) -> None:
    connection.execute(f"create table {relation} as select * from read_parquet($1)", [files])


def _fetched(place: str, passing: Path) -> list[str]:
    """Copy the files of a folder that only Spark reaches, and return their names here."""
    copies = []
    for file, name in SparkFolder(place).files():
        copies.append(passing / name)
        with file.open() as source, copies[-1].open("wb") as copy:
            shutil.copyfileobj(source, copy, _PIECE_BYTES)
    return list(map(str, copies))


def _forget_former(session: SparkSession, settings: RunSettings) -> None:
    """Delete what no view needs: of the file, or of its publication, which others still read."""
    folder = folder_of_lake(session, f"{settings.lake_folder}/{_FOLDER}")
    kept: set[str] = set()
    # Where another program holds the publication, everything stays until the next run.
    with suppress(InputError):
        for path in (settings.warehouse, published_path(settings.warehouse)):
            kept |= _runs_with_views(path)
        for run in folder.folders() - kept:
            folder.delete(run)


def _runs_with_views(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with open_warehouse(path) as connection:
        views = connection.execute("select sql from duckdb_views() where not internal").fetchall()
    return set(re.findall(rf"/{_FOLDER}/(\w+)/", " ".join(sql for (sql,) in views)))
