"""What lies in the data folder and is not read, named in a few sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.discovery import ARCHIVES, InputFile, file_format, is_page, visible_files
from pipeline.ingest.headers import Layout, NoTableError, read_layout
from pipeline.ingest.parquet_heads import EmptyFileError
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError
from pipeline.runtime.remote_folder import Folder, RemoteFolder

_NAMES_SHOWN = 5
# What writing programs leave beside their files.
_MARK = re.compile(r"_SUCCESS|_(committed|started)_.*|_(common_)?metadata|.*\.crc")


@dataclass
class PassedOver:
    """Names of what is not read.

    `unknown` have an ending that no reader is for, or hold no table; `empty` have no line of data;
    `marks` are what other programs keep for themselves, hidden files of events among it.
    """

    unknown: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each kind of which there is any."""
        if self.unknown:
            yield (
                f"Not read: {_listed(self.unknown)}: if there are events in it, make it CSV or"
                " Parquet, or an archive of these."
            )
        if self.empty:
            yield f"Without a line of data: {_listed(self.empty)}."
        if self.marks:
            yield f"Passed over as no files of events: {_listed(self.marks)}."
        if any(name.endswith("_delta_log/") for name in self.marks):
            yield (
                "The log of a Delta table is not followed: Parquet files that the table no longer"
                " counts are read too, unless a VACUUM has removed them."
            )


def look_around(datasets: Folder) -> PassedOver:
    """Return what lies in the data folder beside files of events and archives.

    Of a remote folder, archives are among what is not read.
    """
    hidden: list[str] = []
    found = PassedOver()
    endings = () if isinstance(datasets, RemoteFolder) else ARCHIVES
    for _, name in visible_files(datasets, hidden):
        base = name.rpartition("/")[2]
        if _MARK.fullmatch(base):
            found.marks.append(name)
        elif not (is_page(base) or file_format(base) or base.lower().endswith(endings)):
            found.unknown.append(name)
    found.marks += [name for name in hidden if _is_mark(name)]
    return found


def read_layouts(
    files: Sequence[InputFile],
    settings: ReadingSettings,
    known: Collection[str],
    passed_over: PassedOver,
) -> dict[InputFile, Layout]:
    """Read the heads of files; note those without a line of data, and those that are no tables.

    Raises
    ------
    InputError
        A file cannot be read; or it has no data and there is no other file, or it is known by the
        ledger to have had some.
    """
    layouts, first_error = {}, None
    for file in files:
        try:
            layouts[file] = read_layout(file, settings)
        except (EmptyFileError, NoTableError) as error:
            is_fault = isinstance(error, NoTableError) and file.is_certain
            if is_fault or file.source_file in known:
                raise
            first_error = first_error or error
            is_empty = isinstance(error, EmptyFileError)
            (passed_over.empty if is_empty else passed_over.unknown).append(file.source_file)
    if first_error and not (layouts or known):
        raise first_error
    return layouts


def holds_events(file: InputFile) -> bool:
    """Tell whether a file may hold events: one with an ending that may be anything is opened."""
    if file.is_certain:
        return True
    try:
        read_layout(file)
    except NoTableError:
        return False
    except InputError:
        return True
    return True


def _is_mark(hidden: str) -> bool:
    """Tell whether a hidden thing is worth a word: the lock of an office program is not."""
    name = hidden.rstrip("/").rpartition("/")[2]
    return name.startswith("_") or (name.startswith(".") and file_format(name) is not None)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(sorted(names)[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
