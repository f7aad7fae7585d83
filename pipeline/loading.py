"""Which input files a run has to read: those that the ledger does not know as they are now."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.inputs import (
    COLUMNS,
    InputFile,
    Inspection,
    Layout,
    discover,
    inspect_all,
    unpack_archives,
)
from pipeline.inputs.headers import NOT_THERE, QUANTITY
from pipeline.inputs.inflated_files import expect_content, inflated_path
from pipeline.inputs.manifests import find_archives
from pipeline.inputs.number_formats import POINT_ALONE, NumberFormat
from pipeline.inputs.passed_over import holds_events, look_around, read_layouts
from pipeline.inputs.prices import find_number_format
from pipeline.inputs.record_copies import copy_records
from pipeline.inputs.record_files import RecordFile
from pipeline.progress import QuietReporter, Reporter
from pipeline.project_settings import reading_settings


@dataclass(frozen=True)
class KnownFile:
    """What the ledger says of a file.

    Size in bytes, time of change in nanoseconds, fingerprint of the content, number of lines, when
    this content was first loaded, from which day on its events are in the future, and whether lines
    were refused for that.
    """

    size_bytes: int
    modified_at_ns: int
    fingerprint: str
    line_count: int
    first_loaded_at: datetime
    end_of_belief: date
    has_lines_in_future: bool = False


@dataclass(frozen=True)
class FileToLoad:
    """A file whose lines have to be read: its header, what its bytes say, how it writes numbers.

    `first_loaded_at` is when a run first read this content under this name, and from the day
    `end_of_belief` on its events are in the future.
    """

    file: InputFile
    layout: Layout
    inspection: Inspection
    number_format: NumberFormat = POINT_ALONE
    first_loaded_at: datetime = datetime(1970, 1, 1)  # noqa: DTZ001
    end_of_belief: date = date.min


# The command line looks at the files before it starts dbt, which asks again in the same process: a
# file is inspected once. The key holds size and time of change, so a changed file is another one.
_ALREADY_READ: dict[InputFile, FileToLoad] = {}
_DAY_NS = 86_400 * 10**9


def known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, KnownFile]:
    """Return the ledger by file name; empty where there is no ledger yet."""
    columns = {
        name
        for (name,) in connection.execute(
            "select column_name from information_schema.columns"
            " where table_schema = 'core' and table_name = 'loaded_files'"
        ).fetchall()
    }
    if not columns:
        return {}
    # A ledger of an earlier version has neither; the next run gives it both.
    first_loaded = "first_loaded_at" if "first_loaded_at" in columns else "null::timestamp"
    belief = "end_of_belief" if "end_of_belief" in columns else "null::date"
    rows = connection.execute(
        "select source_file, size_bytes, modified_at_ns, fingerprint, line_count,"
        f" coalesce({first_loaded}, loaded_at), {belief},"
        " coalesce(map_contains(rejected_by_reason, 'time_in_future'), false)"
        " from core.loaded_files"
    ).fetchall()
    return {name: _known_file(*facts) for name, *facts in rows}


def _known_file(
    size: int, modified: int, fingerprint: str, lines: int, first: datetime, belief: date | None,
    has_lines_in_future: bool,
) -> KnownFile:  # fmt: skip
    end = belief or _end_of_belief(modified, first)
    return KnownFile(size, modified, fingerprint, lines, first, end, has_lines_in_future)


def has_inputs(datasets: Path) -> bool:
    """Tell whether there is any event file or archive below the folder."""
    return bool(find_archives(datasets)) or any(map(holds_events, discover(datasets)))


def files_to_load(
    datasets: Path,
    known: Mapping[str, KnownFile],
    *,
    reads_all: bool = False,
    variables: Mapping[str, object] | None = None,
    reporter: Reporter | None = None,
) -> list[FileToLoad]:
    """Return the files that are new or changed; see `look_at_files`."""
    return look_at_files(
        datasets, known, reads_all=reads_all, variables=variables, reporter=reporter
    )[0]


def look_at_files(
    datasets: Path,
    known: Mapping[str, KnownFile],
    *,
    reads_all: bool = False,
    variables: Mapping[str, object] | None = None,
    reporter: Reporter | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[list[FileToLoad], list[FileToLoad]]:
    """Unpack, list and inspect the files below `datasets`.

    Return those that are new or changed, and those that were only touched or copied again, with the
    same content under the same name: these are not to be loaded. A file whose size and time of
    change are those of the ledger is not opened, unless `reads_all`. `meanwhile` is called before
    files are inspected, if there are any: to start what can be done at the same time. `variables`
    are settings in the place of those of the project.

    Raises
    ------
    InputError
        For the first file that cannot be read as events, by name.
    """
    reporter = reporter or QuietReporter()
    reading = reading_settings(overrides=variables)
    unpack_archives(datasets, reporter=reporter)
    there = [file for file in discover(datasets) if reading.are_events(file.source_file)]
    candidates = [file for file in there if reads_all or not _is_unchanged(file, known)]
    passed_over = look_around(datasets)
    unread = [file for file in candidates if file not in _ALREADY_READ]
    others = {*known, *(file.source_file for file in candidates if file not in unread)}
    layouts = read_layouts(unread, reading, others, passed_over)
    if layouts and meanwhile:
        meanwhile()
    inspections = inspect_all(list(layouts), list(layouts.values()), reporter=reporter)
    for (file, layout), inspection in zip(layouts.items(), inspections, strict=True):
        number_format = find_number_format(file, layout, inspection, reading)
        if reading.lookup_files:
            # A join keeps no order, so lines have to come with their numbers.
            inspection = replace(inspection, has_inner_marks=True)  # noqa: PLW2901
        _ALREADY_READ[file] = FileToLoad(file, layout, inspection, number_format)
    for sentence in passed_over.sentences():
        reporter.say(sentence)
    readable = [file for file in candidates if file in _ALREADY_READ]
    entries = [_believed(_ALREADY_READ[file], known) for file in readable]
    touched = [entry for entry in entries if not reads_all and _was_only_touched(entry, known)]
    return [entry for entry in entries if entry not in touched], touched


def note_touched(connection: duckdb.DuckDBPyConnection, touched: Sequence[FileToLoad]) -> None:
    """Let the ledger know these files as they are now: the next run need not open them again."""
    for column in ("first_loaded_at timestamp", "end_of_belief date"):
        connection.execute(f"alter table core.loaded_files add column if not exists {column}")
    connection.execute(
        "update core.loaded_files as ledger"
        " set size_bytes = touched.size_bytes, modified_at_ns = touched.modified_at_ns,"
        " end_of_belief = touched.end_of_belief"
        " from (select unnest(?) as source_file, unnest(?) as size_bytes,"
        " unnest(?) as modified_at_ns, unnest(?) as end_of_belief) as touched"
        " where ledger.source_file = touched.source_file",
        [
            [entry.file.source_file for entry in touched],
            [entry.file.size_bytes for entry in touched],
            [entry.file.modified_at for entry in touched],
            [entry.end_of_belief for entry in touched],
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
    **{f"{column}_position": "bigint" for column in (*COLUMNS, QUANTITY)},
    "size_bytes": "bigint",
    "modified_at_ns": "bigint",
    "first_loaded_at": "timestamp",
    "end_of_belief": "date",
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
        **{
            f"{name}_position": layout.positions.get(name, NOT_THERE)
            for name in (*COLUMNS, QUANTITY)
        },
        "size_bytes": file.size_bytes,
        "modified_at_ns": file.modified_at,
        "first_loaded_at": entry.first_loaded_at,
        "end_of_belief": entry.end_of_belief,
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
        expect_content(path, entry.inspection.content_bytes, entry.file.compression)
        return inflated_path(path)
    # It takes every path for a pattern.
    return glob.escape(str(path))


def _is_inflated(entry: FileToLoad, copy: RecordFile | None) -> bool:
    return copy is None and entry.file.compression in {"gzip", "bzip2", "xz"}


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
    """Tell whether a file has the content of the ledger, and would have the same lines refused."""
    former = known.get(entry.file.source_file)
    return (
        former is not None
        and former.fingerprint == entry.inspection.fingerprint
        and (former.end_of_belief == entry.end_of_belief or not former.has_lines_in_future)
    )


def _believed(entry: FileToLoad, known: Mapping[str, KnownFile]) -> FileToLoad:
    """Return the entry with the day from which its events are in the future.

    What was believed of a content once is believed for good: neither a copy, nor another date of
    the file, nor reading everything again loses a line.
    """
    former = known.get(entry.file.source_file)
    if former is None or former.fingerprint != entry.inspection.fingerprint:
        first, believed = datetime.now(UTC).replace(tzinfo=None, microsecond=0), date.min
    else:
        first, believed = former.first_loaded_at, former.end_of_belief
    end = max(believed, _end_of_belief(entry.file.modified_at, first))
    return replace(entry, first_loaded_at=first, end_of_belief=end)


def _end_of_belief(modified_at_ns: int, first_loaded_at: datetime) -> date:
    """Return the day from which events of a file are in the future.

    No file holds what has not happened when it was written or read, whichever came later; a day is
    left for clocks and time zones.

    Examples
    --------
    >>> _end_of_belief(0, datetime(2019, 11, 1, 23, 59))
    datetime.date(2019, 11, 3)
    """
    changed_on = date(1970, 1, 1) + timedelta(days=modified_at_ns // _DAY_NS)
    return max(changed_on, first_loaded_at.date()) + timedelta(days=2)
