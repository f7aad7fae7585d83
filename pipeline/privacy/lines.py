"""Which lines of a text hold somebody, whatever it is compressed with."""

from __future__ import annotations

import bz2
import csv
import gzip
import lzma
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.ingest.contents import CHUNK_BYTES, decompressed
from pipeline.ingest.discovery import Compression
from pipeline.privacy.people import Person

_EDGES = re.compile(rb'[,;|:{}\[\]\t"\s]+')
_WHOLE = re.compile(r"(-?\d+)\.0*")
# Ids that are not shorter are looked for in whole lines: a short number may mean anything.
_TELLING = 6


@dataclass(frozen=True)
class Table:
    """Where the customer stands in the lines of a text.

    `position` None: anywhere, where the line cannot be told apart.
    """

    delimiter: str
    position: int | None
    column_count: int = 0


class Finder:
    """Tells lines of some people from those of others."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._forms = {form for person in people for form in person.forms}
        self._bytes = {form.encode() for form in self._forms}
        self._telling = {form for form in self._bytes if len(form) >= _TELLING}
        self._edged = {form for form in self._bytes if _EDGES.search(form)}

    def is_theirs(self, value: object) -> bool:
        """Tell whether the value of a field is the id of one of them."""
        text = str(value).strip()
        whole = _WHOLE.fullmatch(text)
        return (whole[1] if whole else text) in self._forms

    def holds(self, line: bytes, table: Table) -> bool:
        """Tell whether a line is about one of them."""
        tokens = {*_EDGES.split(line)}
        tokens |= {token.partition(b".")[0] for token in tokens if b"." in token}
        is_edged = any(form in line for form in self._edged)
        if not (tokens & self._bytes or is_edged):
            return False
        if table.position is None:
            return bool(tokens & self._telling) or is_edged
        try:
            fields = next(
                csv.reader([line.decode("utf-8", "replace")], delimiter=table.delimiter), []
            )
        except csv.Error:
            fields = []
        # A torn line may have anything anywhere.
        is_whole = len(fields) == table.column_count
        return self.is_theirs(fields[table.position]) if is_whole else True


def lines_of(path: Path, compression: Compression) -> Iterator[bytes]:
    """Yield the lines of a text with their ends."""
    with path.open("rb", buffering=0) as stored:
        reader, rest = decompressed(stored, compression), b""
        while chunk := reader.read(CHUNK_BYTES):
            *lines, rest = (rest + chunk).splitlines(keepends=True)
            yield from lines
        yield from [rest] if rest else []


def count_lines(path: Path, compression: Compression, finder: Finder, table: Table) -> int:
    """Return how many lines below the first one are about these people."""
    lines = lines_of(path, compression)
    next(lines, None)
    return sum(finder.holds(line, table) for line in lines)


def drop_lines(path: Path, compression: Compression, finder: Finder, table: Table) -> None:
    """Write a text anew without the lines of these people, in one step."""

    def write(passing: Path) -> None:
        with compressed(passing, compression) as file:
            for number, line in enumerate(lines_of(path, compression)):
                if number == 0 or not finder.holds(line, table):
                    file.write(line)

    replace_whole(path, write)


def compressed(path: Path, compression: Compression) -> Any:
    """Open a file for writing what is compressed on the way."""
    if compression == "gzip":
        return gzip.GzipFile(path, "wb", mtime=0)
    if compression == "bzip2":
        return bz2.BZ2File(path, "wb")
    if compression == "xz":
        return lzma.LZMAFile(path, "wb")
    if compression == "zstd":
        return pa.CompressedOutputStream(str(path), "zstd")
    return path.open("wb")


def replace_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let a new file take the place of another when it is whole, with the same rights."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        passing.touch(mode=0o600)
        write(passing)
        shutil.copymode(path, passing)
        os.replace(passing, path)
    finally:
        passing.unlink(missing_ok=True)
