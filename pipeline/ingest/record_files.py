"""Copies of files that are not plain, as one row per record, for the database to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.ingest.contents import open_content
from pipeline.ingest.copy_writer import CopyWriter
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import Layout
from pipeline.ingest.inner_headers import Sections
from pipeline.ingest.lines import MAX_LINE_BYTES
from pipeline.ingest.records import Records, read_records

SCHEMA = pa.schema(
    [
        ("source_file", pa.string()),
        ("line_number", pa.int64()),
        ("line_text", pa.string()),
        ("is_valid_text", pa.bool_()),
        ("positions", pa.list_(pa.int16())),
    ]
)


@dataclass(frozen=True)
class RecordFile:
    """A copy of the records of one file.

    Attributes
    ----------
    path : Path
        Parquet with the columns of `SCHEMA`, or as `write_parquet_copy` writes it. `line_text` is
        null for an empty line; bytes that are no UTF-8 stand in it as `\\xe9`, and NUL as `\\x00`.
        `positions` says where the columns stand, in the order of `COLUMNS`, below a header that is
        not the first; an empty list where it does not tell, and null below the first.
    joined_line_count : int
        Physical lines that belong to the record of an earlier line.
    """

    path: Path
    joined_line_count: int


def write_record_file(file: InputFile, layout: Layout, path: Path) -> RecordFile:
    """Copy the records of a CSV file, in their order, some megabytes at a time.

    Raises
    ------
    InputError
        The file cannot be read to its end, or changed meanwhile.
    PipelineError
        The copy cannot be written; nothing is left of it.
    """
    joined_line_count = 0
    sections = Sections(layout)
    try:
        with open_content(file) as content, CopyWriter(path, file.source_file, SCHEMA) as writer:
            for records in read_records(
                content.chunks(), layout.delimiter.encode(), layout.column_count
            ):
                positions = sections.positions_of(records.texts)
                writer.write(_table(file.source_file, records, positions))
                joined_line_count += records.line_count - len(records.texts)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return RecordFile(path, joined_line_count)


def _table(source_file: str, records: Records, positions: list[list[int] | None]) -> pa.Table:
    texts, are_valid = _texts(records.texts)
    columns = [
        pa.repeat(source_file, len(texts)),
        pa.array(records.line_numbers, pa.int64()),
        texts,
        are_valid,
        pa.array(positions, SCHEMA.field("positions").type),
    ]
    return pa.table(columns, schema=SCHEMA)


def _texts(lines: list[bytes]) -> tuple[pa.Array, pa.Array]:
    """Return lines as text, empty ones as null, and whether each was valid.

    Examples
    --------
    >>> texts, are_valid = _texts([b"caf\\xc3\\xa9", b"caf\\xe9", b""])
    >>> texts.to_pylist(), are_valid.to_pylist()
    (['café', 'caf\\\\xe9', None], [True, False, True])
    """
    is_valid = [True] * len(lines)
    if not _is_text(b"\n".join(lines)) or max(map(len, lines), default=0) > MAX_LINE_BYTES:
        is_valid = [_is_text(line) and len(line) <= MAX_LINE_BYTES for line in lines]
        lines = [_shown(line) for line in lines]
    texts = pa.array([line or None for line in lines], pa.binary())
    return texts.cast(pa.string()), pa.array(is_valid, pa.bool_())


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def _shown(line: bytes) -> bytes:
    return line.decode("utf-8", "backslashreplace").replace("\0", "\\x00").encode()
