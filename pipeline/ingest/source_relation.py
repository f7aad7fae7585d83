"""The files to load as rows: the dbt source `datasets.files_to_load`."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipeline.ingest.files_to_load import FileToLoad
from pipeline.ingest.headers import COLUMNS, NOT_THERE, QUANTITY
from pipeline.ingest.inflated_files import expect_content, inflated_path
from pipeline.ingest.record_copies import copy_records
from pipeline.ingest.record_files import RecordFile
from pipeline.runtime.remote_folder import Folder

PathOf = Callable[[object], str]


def relation_of(
    files: list[FileToLoad], datasets: Path, connection: duckdb.DuckDBPyConnection
) -> duckdb.DuckDBPyRelation:
    """Return the files as the rows of the dbt source `datasets.files_to_load`.

    A relation of this connection, and no data frame: pandas would take half a second to import.
    Errors as in `rows_of`.
    """
    rows = rows_of(files, datasets)
    columns = [f"unnest(${name}::{type_}[]) as {name}" for name, type_ in COLUMN_TYPES.items()]
    return connection.sql(
        f"select {', '.join(columns)}",
        params={name: [row[name] for row in rows] for name in COLUMN_TYPES},
    )


def rows_of(
    files: list[FileToLoad], datasets: Folder, path_of: PathOf | None = None
) -> list[dict[str, object]]:
    """Return the files as rows, which have a value for each of `COLUMN_TYPES`.

    The records of files that are not plain are copied first, into a folder beside the warehouse
    that is removed when the session ends; a copy that it has made already is there. `path_of` says
    how another engine than DuckDB finds a file.

    Raises
    ------
    InputError
        A file cannot be read, or changed meanwhile.
    PipelineError
        A copy cannot be written.
    """
    odd = [(entry.file, entry.layout) for entry in files if not entry.inspection.is_plain]
    copies = dict(
        zip((file for file, _ in odd), copy_records(odd, _folder_of_copies()), strict=True)
    )
    rows = []
    for entry in files:
        copy = copies.get(entry.file)
        path = copy.path if copy else datasets / entry.file.source_file
        if path_of is not None:
            place = path_of(path), str(datasets)
        else:
            place = _place_for_duckdb(entry, path, datasets, is_copy=copy is not None)
        rows.append(_row(entry, datasets, copy) | dict(zip(("path", "folder"), place, strict=True)))
    return rows


COLUMN_TYPES = {
    "source_file": "text",
    "path": "text",
    "folder": "text",
    "kind": "text",
    "is_rewritten": "boolean",
    "has_bare_fields": "boolean",
    "delimiter": "text",
    "column_count": "bigint",
    "parquet_columns": "text",
    "decimal_mark": "text",
    "thousands_mark": "text",
    **{f"{column}_position": "bigint" for column in (*COLUMNS, QUANTITY)},
    "size_bytes": "bigint",
    "modified_at_ns": "bigint",
    "first_loaded_at": "timestamp",
    "future_from": "date",
    "line_count": "bigint",
    "longest_line_bytes": "bigint",
    "fingerprint": "text",
    "lookup_files": "text",
    "lookups_fingerprint": "text",
}


def _row(entry: FileToLoad, datasets: Folder, copy: RecordFile | None) -> dict[str, object]:
    file, layout, inspection = entry.file, entry.layout, entry.inspection
    joined_line_count = copy.joined_line_count if copy else 0
    return {
        "source_file": file.source_file,
        "kind": file.kind,
        "is_rewritten": copy is not None,
        "has_bare_fields": inspection.has_bare_fields,
        "delimiter": layout.delimiter,
        "column_count": layout.column_count,
        "parquet_columns": json.dumps(layout.parquet_columns) if layout.parquet_columns else None,
        "decimal_mark": entry.number_format.decimal_mark,
        "thousands_mark": entry.number_format.thousands_mark,
        **{
            f"{name}_position": layout.positions.get(name, NOT_THERE)
            for name in (*COLUMNS, QUANTITY)
        },
        "size_bytes": file.size_bytes,
        "modified_at_ns": file.modified_at,
        "first_loaded_at": entry.first_loaded_at,
        "future_from": entry.future_from,
        "line_count": inspection.line_count - joined_line_count,
        "longest_line_bytes": inspection.longest_line_bytes,
        "fingerprint": inspection.fingerprint,
        "lookup_files": json.dumps(
            {
                pattern: [glob.escape(str(datasets / name)) for name in names]
                for pattern, names in entry.lookup_files.names.items()
            }
        ),
        "lookups_fingerprint": entry.lookup_files.fingerprint,
    }


def _place_for_duckdb(
    entry: FileToLoad, path: Path, datasets: Folder, *, is_copy: bool
) -> tuple[str, str]:
    """Return where DuckDB finds the lines, and the folder that the path begins with.

    Not at `file.path`, which follows links: DuckDB gives back the path it was given, and the name
    in the ledger is cut from it.
    """
    if not is_copy and entry.file.compression in {"gzip", "bzip2", "xz"}:
        expect_content(path, entry.inspection.content_bytes, entry.file.compression)
        return inflated_path(path), inflated_path(Path(str(datasets)))
    # It takes every path for a pattern.
    return glob.escape(str(path)), str(datasets)


def _folder_of_copies() -> Path:
    """Beside the warehouse, as `profiles.yml` finds it: there is room for what the files hold."""
    warehouse = Path(os.environ.get("AMAZING_WAREHOUSE", "warehouse/amazing.duckdb")).absolute()
    return warehouse.with_name(warehouse.name + ".records")
