"""Which input files a run has to read: those that the ledger does not know as they are now."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipeline.inputs import (
    COLUMNS,
    InputFile,
    Inspection,
    Layout,
    discover,
    inspect_all,
    read_layout,
    unpack_archives,
)
from pipeline.inputs.inflated_files import expect_content, inflated_path
from pipeline.inputs.manifests import find_archives
from pipeline.inputs.record_copies import copy_records
from pipeline.inputs.record_files import RecordFile
from pipeline.progress import QuietReporter, Reporter


@dataclass(frozen=True)
class KnownFile:
    """What the ledger says of a file: size in bytes, time of change in ns, content fingerprint."""

    size_bytes: int
    modified_at_ns: int
    fingerprint: str


@dataclass(frozen=True)
class FileToLoad:
    """A file whose lines have to be read, with its header and what its bytes say."""

    file: InputFile
    layout: Layout
    inspection: Inspection


# The command line looks at the files before it starts dbt, which asks again in the same process: a
# file is inspected once. The key holds size and time of change, so a changed file is another one.
_ALREADY_READ: dict[InputFile, FileToLoad] = {}


def known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, KnownFile]:
    """Return the ledger by file name; empty where there is no ledger yet."""
    exists = connection.execute(
        "select count(*) from information_schema.tables"
        " where table_schema = 'core' and table_name = 'loaded_files'"
    ).fetchall()[0][0]
    if not exists:
        return {}
    rows = connection.execute(
        "select source_file, size_bytes, modified_at_ns, fingerprint from core.loaded_files"
    ).fetchall()
    return {name: KnownFile(*facts) for name, *facts in rows}


def has_inputs(datasets: Path) -> bool:
    """Tell whether there is any event file or archive below the folder."""
    return bool(find_archives(datasets) or discover(datasets))


def files_to_load(
    datasets: Path,
    known: Mapping[str, KnownFile],
    *,
    reporter: Reporter | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[FileToLoad]:
    """Unpack, list and inspect the files below `datasets`; return those that are new or changed.

    A file whose size and time of change are those of the ledger is not opened. One that was only
    touched or copied again, with the same content under the same name, is not loaded again.
    `meanwhile` is called before files are inspected, if there are any: to start what can be done at
    the same time.

    Raises
    ------
    InputError
        For the first file that cannot be read as events, by name.
    """
    reporter = reporter or QuietReporter()
    unpack_archives(datasets, reporter=reporter)
    candidates = [file for file in discover(datasets) if not _is_unchanged(file, known)]
    unread = [file for file in candidates if file not in _ALREADY_READ]
    layouts = [read_layout(file) for file in unread]
    if unread and meanwhile:
        meanwhile()
    inspections = inspect_all(unread, reporter=reporter)
    for entry in map(FileToLoad, unread, layouts, inspections):
        _ALREADY_READ[entry.file] = entry
    entries = [_ALREADY_READ[file] for file in candidates]
    return [entry for entry in entries if not _has_known_content(entry, known)]


def files_frame(files: list[FileToLoad], datasets: Path) -> pd.DataFrame:
    """Return the files as the rows of the dbt source `datasets.files_to_load`.

    The records of files that are not plain are copied first, into a folder beside the warehouse
    that is removed when the process ends; a copy that this process has made already is there.

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
    rows = [_row(entry, datasets, copies.get(entry.file)) for entry in files]
    return pd.DataFrame(rows, columns=list(_COLUMN_TYPES)).astype(_COLUMN_TYPES)


_COLUMN_TYPES = {
    "source_file": "string",
    "path": "string",
    "folder": "string",
    "kind": "string",
    "is_rewritten": "bool",
    "delimiter": "string",
    "column_count": "int64",
    **{f"{column}_position": "int64" for column in COLUMNS},
    "size_bytes": "int64",
    "modified_at_ns": "int64",
    "line_count": "int64",
    "longest_line_bytes": "int64",
    "fingerprint": "string",
}


def _row(entry: FileToLoad, datasets: Path, copy: RecordFile | None) -> dict[str, object]:
    file, layout, inspection = entry.file, entry.layout, entry.inspection
    joined_line_count = copy.joined_line_count if copy else 0
    return {
        "source_file": file.source_file,
        "path": _path_to_read(entry, datasets, copy),
        "folder": inflated_path(datasets) if _is_inflated(entry, copy) else str(datasets),
        "kind": file.kind,
        "is_rewritten": copy is not None,
        "delimiter": layout.delimiter,
        "column_count": layout.column_count,
        **{f"{name}_position": layout.positions[name] for name in COLUMNS},
        "size_bytes": file.size_bytes,
        "modified_at_ns": file.modified_at,
        "line_count": inspection.line_count - joined_line_count,
        "longest_line_bytes": inspection.longest_line_bytes,
        "fingerprint": inspection.fingerprint,
    }


def _path_to_read(entry: FileToLoad, datasets: Path, copy: RecordFile | None) -> str:
    """Return where DuckDB finds the lines.

    Not at `file.path`, which follows links: DuckDB gives back the path it was given, and the name
    in the ledger is cut from it.
    """
    path = copy.path if copy else datasets / entry.file.source_file
    if _is_inflated(entry, copy):
        expect_content(path, entry.inspection.content_bytes)
        return inflated_path(path)
    # It takes every path for a pattern.
    return glob.escape(str(path))


def _is_inflated(entry: FileToLoad, copy: RecordFile | None) -> bool:
    return copy is None and entry.file.compression == "gzip"


def _folder_of_copies() -> Path:
    """Beside the warehouse, as `profiles.yml` finds it: there is room for what the files hold."""
    warehouse = Path(os.environ.get("AMAZING_WAREHOUSE", "warehouse/amazing.duckdb")).absolute()
    return warehouse.with_name(warehouse.name + ".records")


def _is_unchanged(file: InputFile, known: Mapping[str, KnownFile]) -> bool:
    entry = known.get(file.source_file)
    return entry is not None and (entry.size_bytes, entry.modified_at_ns) == (
        file.size_bytes,
        file.modified_at,
    )


def _has_known_content(entry: FileToLoad, known: Mapping[str, KnownFile]) -> bool:
    former = known.get(entry.file.source_file)
    return former is not None and former.fingerprint == entry.inspection.fingerprint
