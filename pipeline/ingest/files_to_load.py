"""Which input files a run has to read: those that the ledger does not know as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from pipeline.ingest import (
    InputFile,
    Inspection,
    Layout,
    discover,
    inspect_all,
    unpack_archives,
)
from pipeline.ingest.checked_settings import reading_settings
from pipeline.ingest.lookup_files import NO_LOOKUPS, LookupFiles, find_lookup_files
from pipeline.ingest.manifests import find_archives
from pipeline.ingest.number_formats import POINT_ALONE, NumberFormat
from pipeline.ingest.passed_over import holds_events, look_around, read_layouts
from pipeline.ingest.prices import find_number_format
from pipeline.ingest.session import current_session
from pipeline.runtime.progress import QuietReporter, Reporter
from pipeline.runtime.remote_folder import Folder
from pipeline.warehouse.load_log import KnownFile, future_from, upgrade_ledger


@dataclass(frozen=True)
class FileToLoad:
    """A file whose lines have to be read: its header, what its bytes say, how it writes numbers.

    `first_loaded_at` is when a run first read this content under this name, and from the day
    `future_from` on its events are in the future. `lookup_files` are those of all files.
    """

    file: InputFile
    layout: Layout
    inspection: Inspection
    number_format: NumberFormat = POINT_ALONE
    first_loaded_at: datetime = datetime(1970, 1, 1)  # noqa: DTZ001
    future_from: date = date.min
    lookup_files: LookupFiles = NO_LOOKUPS


def has_inputs(datasets: Path) -> bool:
    """Tell whether there is any event file or archive below the folder."""
    return bool(find_archives(datasets)) or any(map(holds_events, discover(datasets)))


def files_to_load(
    datasets: Folder,
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
    datasets: Folder,
    known: Mapping[str, KnownFile],
    *,
    reads_all: bool = False,
    variables: Mapping[str, object] | None = None,
    reporter: Reporter | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[list[FileToLoad], list[FileToLoad]]:
    """Unpack, list and inspect the files below `datasets`.

    Return those that are new or changed, and those of which only the metadata changed: the same
    content under the same name is not to be loaded. A file whose size and time of
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
    found = discover(datasets)
    lookups = find_lookup_files(found, reading)
    there = [file for file in found if reading.are_events(file.source_file)]
    candidates = [file for file in there if reads_all or not _is_unchanged(file, known, lookups)]
    passed_over = look_around(datasets)
    inspected = current_session().inspected
    unread = [file for file in candidates if file not in inspected]
    others = {*known, *(file.source_file for file in candidates if file not in unread)}
    layouts = read_layouts(unread, reading, others, passed_over)
    if layouts and meanwhile:
        meanwhile()
    inspections = inspect_all(list(layouts), list(layouts.values()), reporter=reporter)
    for (file, layout), inspection in zip(layouts.items(), inspections, strict=True):
        number_format = find_number_format(file, layout, inspection, reading)
        if reading.lookups:
            # A join keeps no order, so lines have to come with their numbers.
            inspection = replace(inspection, has_inner_marks=True)  # noqa: PLW2901
        layout = layout.with_types(inspection.types_to_read)  # noqa: PLW2901
        inspected[file] = FileToLoad(file, layout, inspection, number_format)
    for sentence in (*passed_over.sentences(), *_of_lookups(there, known, lookups)):
        reporter.say(sentence)
    readable = [file for file in candidates if file in inspected]
    entries = [replace(_dated(inspected[file], known), lookup_files=lookups) for file in readable]
    changed = [
        entry for entry in entries if not reads_all and _has_only_changed_metadata(entry, known)
    ]
    return [entry for entry in entries if entry not in changed], changed


def note_changed_metadata(
    connection: duckdb.DuckDBPyConnection, changed: Sequence[FileToLoad]
) -> None:
    """Let the ledger know these files as they are now: the next run need not open them again."""
    upgrade_ledger(connection)
    connection.execute(
        "update core.loaded_files as ledger"
        " set size_bytes = changed.size_bytes, modified_at_ns = changed.modified_at_ns,"
        " future_from = changed.future_from"
        " from (select unnest(?) as source_file, unnest(?) as size_bytes,"
        " unnest(?) as modified_at_ns, unnest(?) as future_from) as changed"
        " where ledger.source_file = changed.source_file",
        [
            [entry.file.source_file for entry in changed],
            [entry.file.size_bytes for entry in changed],
            [entry.file.modified_at for entry in changed],
            [entry.future_from for entry in changed],
        ],
    )


def _is_unchanged(file: InputFile, known: Mapping[str, KnownFile], lookups: LookupFiles) -> bool:
    entry = known.get(file.source_file)
    return entry is not None and (
        entry.size_bytes,
        entry.modified_at_ns,
        entry.lookups_fingerprint,
    ) == (file.size_bytes, file.modified_at, lookups.fingerprint)


def _of_lookups(
    there: Sequence[InputFile], known: Mapping[str, KnownFile], lookups: LookupFiles
) -> Iterator[str]:
    """Say what a change of the lookup files means for the files that were loaded before."""
    names = {file.source_file for file in there}
    outdated = [
        name for name, file in known.items() if file.lookups_fingerprint != lookups.fingerprint
    ]
    again = [name for name in outdated if name in names]
    if again:
        yield f"The lookup files changed, so {len(again)} loaded file(s) are read again."
    if again and (gone := sorted(set(outdated) - names)):
        yield (
            f"{', '.join(gone)}: no longer in the data folder, so the lines keep what the former "
            "lookup files said; put the files back, or forget them with --forget-file."
        )


def _has_only_changed_metadata(entry: FileToLoad, known: Mapping[str, KnownFile]) -> bool:
    """Tell whether a file has the content of the ledger, and would have the same lines refused."""
    former = known.get(entry.file.source_file)
    return (
        former is not None
        and former.fingerprint == entry.inspection.fingerprint
        and former.lookups_fingerprint == entry.lookup_files.fingerprint
        and (former.future_from == entry.future_from or not former.has_lines_in_future)
    )


def _dated(entry: FileToLoad, known: Mapping[str, KnownFile]) -> FileToLoad:
    """Return the entry with the day from which its events are in the future.

    An event of a content that was valid once stays valid: neither a copy, nor another date of the
    file, nor reading everything again loses a line.
    """
    former = known.get(entry.file.source_file)
    if former is None or former.fingerprint != entry.inspection.fingerprint:
        first, earlier = datetime.now(UTC).replace(tzinfo=None, microsecond=0), date.min
    else:
        first, earlier = former.first_loaded_at, former.future_from
    latest = max(earlier, future_from(entry.file.modified_at, first))
    return replace(entry, first_loaded_at=first, future_from=latest)
