"""Which input files a run has to read: those that the ledger does not know as they are now."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

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
from pipeline.inputs.number_formats import POINT_ALONE, NumberFormat
from pipeline.inputs.prices import find_number_format
from pipeline.inputs.record_copies import copy_records
from pipeline.inputs.record_files import RecordFile
from pipeline.progress import QuietReporter, Reporter
from pipeline.project_settings import reading_settings


@dataclass(frozen=True)
class KnownFile:
    """What the ledger says of a file.

    Size in bytes, time of change in nanoseconds, fingerprint of the content, the last kept event,
    whether lines were refused because the file is older than they are, whether any line was not
    kept: refused, or a duplicate, and the number of lines.
    """

    size_bytes: int
    modified_at_ns: int
    fingerprint: str
    last_event_at: datetime | None = None
    has_lines_in_future: bool = False
    has_lines_not_kept: bool = False
    line_count: int = 0


@dataclass(frozen=True)
class FileToLoad:
    """A file whose lines have to be read: its header, what its bytes say, how it writes numbers."""

    file: InputFile
    layout: Layout
    inspection: Inspection
    number_format: NumberFormat = POINT_ALONE


# The command line looks at the files before it starts dbt, which asks again in the same process: a
# file is inspected once. The key holds size and time of change, so a changed file is another one.
_ALREADY_READ: dict[InputFile, FileToLoad] = {}
_DAY_NS = 86_400 * 10**9


def known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, KnownFile]:
    """Return the ledger by file name; empty where there is no ledger yet."""
    exists = connection.execute(
        "select count(*) from information_schema.tables"
        " where table_schema = 'core' and table_name = 'loaded_files'"
    ).fetchall()[0][0]
    if not exists:
        return {}
    rows = connection.execute(
        "select source_file, size_bytes, modified_at_ns, fingerprint, last_event_at,"
        " coalesce(map_contains(rejected_by_reason, 'time_in_future'), false),"
        " kept_count < line_count, line_count"
        " from core.loaded_files"
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
) -> list[FileToLoad]:
    """Return the files that are new or changed; see `look_at_files`."""
    return look_at_files(datasets, known, reporter=reporter)[0]


def look_at_files(
    datasets: Path,
    known: Mapping[str, KnownFile],
    *,
    reporter: Reporter | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[list[FileToLoad], list[InputFile]]:
    """Unpack, list and inspect the files below `datasets`.

    Return those that are new or changed, and those that were only touched or copied again, with the
    same content under the same name: these are not to be loaded. A file whose size and time of
    change are those of the ledger is not opened. `meanwhile` is called before files are inspected,
    if there are any: to start what can be done at the same time.

    Raises
    ------
    InputError
        For the first file that cannot be read as events, by name.
    """
    reporter = reporter or QuietReporter()
    reading = reading_settings()
    unpack_archives(datasets, reporter=reporter)
    candidates = [file for file in discover(datasets) if not _is_unchanged(file, known)]
    unread = [file for file in candidates if file not in _ALREADY_READ]
    layouts = [read_layout(file, reading) for file in unread]
    if unread and meanwhile:
        meanwhile()
    inspections = inspect_all(unread, layouts, reporter=reporter)
    for file, layout, inspection in zip(unread, layouts, inspections, strict=True):
        number_format = find_number_format(file, layout, inspection, reading)
        _ALREADY_READ[file] = FileToLoad(file, layout, inspection, number_format)
    entries = [_ALREADY_READ[file] for file in candidates]
    touched = [entry.file for entry in entries if _was_only_touched(entry, known)]
    return [entry for entry in entries if entry.file not in touched], touched


def note_touched(connection: duckdb.DuckDBPyConnection, touched: Sequence[InputFile]) -> None:
    """Let the ledger know these files as they are now: the next run need not open them again."""
    connection.execute(
        "update core.loaded_files as ledger"
        " set size_bytes = touched.size_bytes, modified_at_ns = touched.modified_at_ns"
        " from (select unnest(?) as source_file, unnest(?) as size_bytes,"
        " unnest(?) as modified_at_ns) as touched"
        " where ledger.source_file = touched.source_file",
        [
            [file.source_file for file in touched],
            [file.size_bytes for file in touched],
            [file.modified_at for file in touched],
        ],
    )


def relation_of(
    files: list[FileToLoad], datasets: Path, connection: duckdb.DuckDBPyConnection
) -> duckdb.DuckDBPyRelation:
    """Return the files as the rows of the dbt source `datasets.files_to_load`.

    A relation of this connection, and no data frame: pandas would take half a second to import. The
    records of files that are not plain are copied first, into a folder beside the warehouse
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
    columns = [f"unnest(${name}::{type_}[]) as {name}" for name, type_ in _COLUMN_TYPES.items()]
    return connection.sql(
        f"select {', '.join(columns)}",
        params={name: [row[name] for row in rows] for name in _COLUMN_TYPES},
    )


_COLUMN_TYPES = {
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
    **{f"{column}_position": "bigint" for column in COLUMNS},
    "size_bytes": "bigint",
    "modified_at_ns": "bigint",
    "line_count": "bigint",
    "longest_line_bytes": "bigint",
    "fingerprint": "text",
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
        "has_bare_fields": inspection.has_bare_fields,
        "delimiter": layout.delimiter,
        "column_count": layout.column_count,
        "parquet_columns": json.dumps(layout.parquet_columns) if layout.parquet_columns else None,
        "decimal_mark": entry.number_format.decimal_mark,
        "thousands_mark": entry.number_format.thousands_mark,
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


def _was_only_touched(entry: FileToLoad, known: Mapping[str, KnownFile]) -> bool:
    former = known.get(entry.file.source_file)
    return (
        former is not None
        and former.fingerprint == entry.inspection.fingerprint
        and _is_believed_alike(former, _end_of_belief(entry.file.modified_at))
    )


def _is_believed_alike(former: KnownFile, end_of_belief: datetime) -> bool:
    """Tell whether a file of another day would have the same lines refused as in the future.

    Of a file of an earlier day, that is known only where every line was kept: the ledger has no
    times of the others.
    """
    former_end = _end_of_belief(former.modified_at_ns)
    if end_of_belief >= former_end:
        return end_of_belief == former_end or not former.has_lines_in_future
    return (
        not former.has_lines_not_kept
        and former.last_event_at is not None
        and former.last_event_at < end_of_belief
    )


def _end_of_belief(modified_at_ns: int) -> datetime:
    """Return the moment from which events of a file are in the future: `layouts_to_load` has it."""
    return datetime(1970, 1, 1) + timedelta(days=modified_at_ns // _DAY_NS + 2)  # noqa: DTZ001
