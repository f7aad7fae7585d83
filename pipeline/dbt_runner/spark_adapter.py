"""What dbt-spark asks of the pipeline: Python models in the session, and the list of input files.

dbt-spark submits Python models to Databricks alone, and knows no source plugins. Both are added to
its adapter before dbt uses it, see `dbt_spark_session.py` in the root of the repository.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from dbt.adapters.base import PythonJobHelper, available
from dbt.adapters.spark.column import SparkColumn
from dbt.adapters.spark.impl import SparkAdapter
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError
from dbt_common.invocation import get_invocation_id
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from pipeline.ingest.files_to_load import FileToLoad, files_to_load
from pipeline.ingest.source_relation import COLUMN_TYPES, rows_of
from pipeline.runtime.private_files import for_the_owner_alone
from pipeline.runtime.remote_folder import Folder, is_remote
from pipeline.spark.lake import mend_lake
from pipeline.spark.ledger import known_files
from pipeline.spark.paths import PATTERN_LETTERS, as_pattern
from pipeline.spark.remote_files import SparkFolder

_SPARK_TYPES = {"text": "string", "timestamp": "timestamp_ntz"}
_OF_ARROW = {
    "text": pa.string(), "bigint": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}  # fmt: skip
_ARROW_TYPES = {name: _OF_ARROW[type_] for name, type_ in COLUMN_TYPES.items()}
# Of files that end so, as Spark tells them.
_COMPRESSIONS = {".gz": "gzip", ".bz2": "bzip2", ".zst": "zstd"}


class SessionJobHelper(PythonJobHelper):
    """Runs a compiled Python model in this process; what it asks of Spark runs on the cluster."""

    def __init__(self, parsed_model: dict, _: Any) -> None:
        self._name = parsed_model["alias"]

    def submit(self, compiled_code: str) -> None:
        """Execute the code with the session as `spark`.

        Raises
        ------
        DbtRuntimeError
            With what the model said last.
        """
        names = {"spark": SparkSession.builder.getOrCreate(), "__name__": self._name}
        try:
            exec(compile(compiled_code, self._name, "exec"), names)
        except Exception as error:
            raise DbtRuntimeError(
                f"Python model failed:\n{type(error).__module__}.{type(error).__name__}: {error}"
            ) from error


def list_files_to_load(_: SparkAdapter) -> str:
    """Write the source `datasets.files_to_load` anew; called by macros as a method of the adapter.

    Raises
    ------
    InputError
        For the first file that cannot be read as events, by name.
    """
    for_the_owner_alone()
    datasets = _data_folder()
    # Copies of records lie beside the tables.
    os.environ.setdefault("AMAZING_WAREHOUSE", os.environ.get("AMAZING_LAKE", "warehouse/amazing"))
    session = SparkSession.builder.getOrCreate()
    files = files_to_load(
        datasets,
        known_files(session),
        reads_all=getattr(get_flags(), "FULL_REFRESH", False),
        variables=getattr(get_flags(), "VARS", None),
    )
    readable = [_as_spark_reads(entry) for entry in files]
    rows = rows_of(readable, datasets, path_of=as_pattern)
    if isinstance(datasets, SparkFolder):
        rows = [row | {"folder": datasets.reported} for row in rows]
    # As an Arrow table: of a list of rows, Spark makes a task in Python.
    table = pa.Table.from_pylist(rows, pa.schema(_ARROW_TYPES))
    session.sql("create schema if not exists datasets")
    written = session.createDataFrame(table, _schema_of_rows()).coalesce(1)
    written.write.mode("overwrite").format("parquet").saveAsTable("datasets.files_to_load")
    return ""


def _data_folder() -> Folder:
    place = os.environ.get("AMAZING_DATASETS", "datasets")
    if is_remote(place):
        return SparkFolder(place)
    return Path(place).resolve()


def _schema_of_rows() -> str:
    return ", ".join(f"{name} {_SPARK_TYPES.get(t, t)}" for name, t in COLUMN_TYPES.items())


def _as_spark_reads(entry: FileToLoad) -> FileToLoad:
    """Return the entry as one whose records are copied, where Spark would not read the file itself.

    It goes by the ending of the name, passes over names that begin with a point or underscore, and
    does not find those with letters of a pattern among others.
    """
    name, compression = Path(entry.file.source_file).name, entry.file.compression
    by_name = _COMPRESSIONS.get(Path(name).suffix.lower(), "none")
    is_plain_name = name[0] not in "._" and not PATTERN_LETTERS.search(entry.file.source_file)
    if entry.file.kind == "parquet" or (by_name == compression and is_plain_name):
        return entry
    return replace(entry, inspection=replace(entry.inspection, has_inner_marks=True))


def mend_folders(_: SparkAdapter) -> str:
    """Let the folders of the lake be those of its tables; called by macros as well."""
    mend_lake(SparkSession.builder.getOrCreate())
    return ""


def columns_of_query(adapter: SparkAdapter, query: str) -> list[SparkColumn]:
    """Return names and types of the columns of a query, which is not run.

    A view asks twice, for its descriptions and for its contract; where it stands on many other
    views, each answer takes a second.

    Raises
    ------
    DbtRuntimeError
        With what Spark says of a query that cannot be run.
    """
    name_of = adapter.connections.data_type_code_to_name
    return [
        adapter.Column.create(name, name_of(type_))
        for name, type_ in _schema_of(query, get_invocation_id())
    ]


@lru_cache(maxsize=1)
def _schema_of(query: str, _: str) -> tuple[tuple[str, str], ...]:
    try:
        fields = SparkSession.builder.getOrCreate().sql(query).schema.fields
    except AnalysisException as error:
        raise DbtRuntimeError(str(error)) from error
    return tuple((field.name, field.dataType.simpleString()) for field in fields)


def extend_adapter() -> None:
    """Add these to the adapter of dbt-spark."""
    # Where a session lives on a server, that was started with what no client can set.
    warnings.filterwarnings("ignore", "Failed to set spark", module="pyspark.sql.connect.conf")
    SparkAdapter.default_python_submission_method = property(lambda _: "session")
    SparkAdapter.python_submission_helpers = property(lambda _: {"session": SessionJobHelper})
    SparkAdapter.list_files_to_load = available(list_files_to_load)
    SparkAdapter.mend_folders = available(mend_folders)
    SparkAdapter.get_column_schema_from_query = available.parse(lambda *_: [])(columns_of_query)
    SparkAdapter._available_ = SparkAdapter._available_ | {"list_files_to_load", "mend_folders"}
