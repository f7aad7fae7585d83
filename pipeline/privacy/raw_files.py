"""Raw files that hold somebody: they are their owner's, named, and rewritten only when asked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.checked_settings import reading_settings
from pipeline.ingest.discovery import InputFile, discover
from pipeline.ingest.headers import Layout, read_layout
from pipeline.ingest.manifests import find_archives
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.privacy.lines import Finder, Table, count_lines, drop_lines, replace_whole
from pipeline.privacy.people import Person
from pipeline.runtime.errors import InputError


@dataclass(frozen=True)
class Holding:
    """A raw file with lines about some people: how many, and where in a line they stand."""

    file: InputFile
    line_count: int
    table: Table
    user_column: str | None = None


def files_that_hold(
    datasets: Path, people: Sequence[Person], variables: Mapping[str, object]
) -> list[Holding]:
    """Return the files below the data folder that hold some people; none where there is no folder.

    Raises
    ------
    InputError
        A file cannot be read.
    """
    if not people or not datasets.is_dir():
        return []
    reading, finder = reading_settings(overrides=variables), Finder(people)
    found = [_holding(file, reading, finder) for file in discover(datasets)]
    return [holding for holding in found if holding is not None]


def archives_beside(datasets: Path) -> list[str]:
    """Return the names of the archives, which are not looked into: what was unpacked of them is."""
    return [found.source_file for found in find_archives(datasets)] if datasets.is_dir() else []


def rewrite(holding: Holding, people: Sequence[Person]) -> None:
    """Write a raw file anew without the lines of these people, in one step."""
    finder, file = Finder(people), holding.file
    if file.kind == "parquet":
        assert holding.user_column is not None
        rewrite_parquet(file.path, holding.user_column, finder)
    else:
        drop_lines(file.path, file.compression, finder, holding.table)


def rewrite_parquet(path: Path, column: str, finder: Finder) -> None:
    """Write a Parquet file anew without the rows of some people."""
    table = pq.read_table(path)
    staying = [not finder.is_theirs(value) for value in _texts(table, column)]
    replace_whole(path, lambda passing: pq.write_table(table.filter(pa.array(staying)), passing))


def count_parquet(path: Path, column: str, finder: Finder) -> int:
    """Return how many rows of a Parquet file are about some people."""
    return sum(map(finder.is_theirs, _texts(pq.read_table(path, columns=[column]), column)))


def _texts(table: pa.Table, column: str) -> list[object]:
    values = table.column(column).to_pylist()
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for value in values]  # fmt: skip


def _holding(file: InputFile, reading: ReadingSettings, finder: Finder) -> Holding | None:
    layout = _layout(file, reading)
    position = layout.positions["user_id"] if layout else -1
    if file.kind == "parquet":
        if layout is None or position < 0:
            return None
        column = layout.parquet_columns[position][0]
        count = count_parquet(file.path, column, finder)
        return Holding(file, count, Table(",", position), column) if count else None
    is_known = layout is not None and position >= 0
    table = (
        Table(layout.delimiter, position, layout.column_count)
        if is_known and layout is not None
        else Table(",", None)
    )
    count = count_lines(file.path, file.compression, finder, table)
    return Holding(file, count, table) if count else None


def _layout(file: InputFile, reading: ReadingSettings) -> Layout | None:
    """Return where the columns stand; None for a file of something else than events."""
    try:
        return read_layout(file, reading) if reading.are_events(file.source_file) else None
    except InputError:
        return None
