"""Files that were written from the warehouse for people to use: lists, workbooks, answers."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.ingest.discovery import Compression, file_format
from pipeline.privacy.lines import Finder, Table, count_lines, drop_lines, lines_of
from pipeline.privacy.people import Person
from pipeline.privacy.raw_files import count_parquet, rewrite_parquet

# Answers to people about themselves, see `privacy export`.
ANSWERS = "privacy"
# What the customer is called in lists.
USER_COLUMNS = ("user_id", "customer_id", "external_id", "id")
_DELIMITERS = (",", ";", "\t", "|")


def remove_from_files(
    folders: Sequence[Path], people: Sequence[Person], *, raw_files: Path
) -> dict[str, int]:
    """Remove people from the files of some folders; return what was removed, by file.

    What lies below `raw_files` is its owner's, and left alone.

    Lists lose the rows of these people. A workbook or an answer cannot be written anew from itself,
    so one that holds somebody is removed (-1).
    """
    finder, removed = Finder(people), {}
    for path in _files(folders):
        if raw_files in path.parents:
            continue
        if count := _remove(path, finder, people):
            removed[str(path)] = count
    return removed


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _remove(path: Path, finder: Finder, people: Sequence[Person]) -> int:
    if path.suffix == ".xlsx" or ANSWERS in path.parent.parts[-2:]:
        return _remove_whole(path, people)
    form = file_format(path.name)
    if form and form[0] == "parquet":
        names = pq.read_schema(path).names
        column = next((name for name in USER_COLUMNS if name in names), None)
        count = count_parquet(path, column, finder) if column else 0
        if column and count:
            rewrite_parquet(path, column, finder)
        return count
    compression: Compression | None = form[1] if form else None
    if path.suffix in {".jsonl", ".ndjson"}:
        compression, table = "none", Table(",", None)
    elif compression is not None:
        table = _table(path, compression)
    if compression is None:
        return 0
    count = count_lines(path, compression, finder, table)
    if count:
        drop_lines(path, compression, finder, table)
    return count


def _table(path: Path, compression: Compression) -> Table:
    """Return where the customer stands in a list, by its first line."""
    first = next(lines_of(path, compression), b"").decode("utf-8-sig", "replace")
    for delimiter in _DELIMITERS:
        header = next(csv.reader([first], delimiter=delimiter), [])
        fields = [field.strip().lower() for field in header]
        for name in USER_COLUMNS:
            if name in fields:
                return Table(delimiter, fields.index(name), len(fields))
    return Table(",", None)


def _remove_whole(path: Path, people: Sequence[Person]) -> int:
    forms = "|".join(re.escape(form) for person in people for form in sorted(person.forms))
    pattern = re.compile(rf"(?<!\w)({forms})(?!\w)".encode())
    if any(pattern.search(content) for content in _contents(path)):
        path.unlink()
        return -1
    return 0


def _contents(path: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                yield parts.read(name)
    else:
        yield path.read_bytes()
