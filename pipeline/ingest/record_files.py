"""Copies of files that are not plain, as one row per record, for the database to read."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import Layout
from pipeline.ingest.inner_headers import Sections
from pipeline.ingest.lines import MAX_LINE_BYTES
from pipeline.ingest.manifests import open_private
from pipeline.ingest.records import Records, read_records
from pipeline.runtime.errors import PipelineError

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
        A Parquet file with the columns of `SCHEMA`. `line_text` is null for an empty line; bytes
        that are no UTF-8 stand in it as `\\xe9`, and NUL as `\\x00`. `positions` says where the
        columns stand, in the order of `COLUMNS`, below a header that is not the first; an empty
        list where it does not tell, and null below the first.
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
        with open_content(file) as content, _Writer(path, file.source_file) as writer:
            for records in read_records(
                content.chunks(), layout.delimiter.encode(), layout.column_count
            ):
                writer.write(records, sections.positions_of(records.texts))
                joined_line_count += records.line_count - len(records.texts)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return RecordFile(path, joined_line_count)


class _Writer:
    """Writes records; what the disk refuses becomes a sentence here, not one about the reading."""

    def __init__(self, path: Path, source_file: str) -> None:
        self._source_file = source_file
        with self._accidents():
            self._file = open_private(path)
            self._parquet = pq.ParquetWriter(
                self._file,
                SCHEMA,
                compression="zstd",
                compression_level=1,
                use_dictionary=["source_file"],
                write_statistics=False,
            )

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            with self._accidents() if kind is None else suppress(OSError, pa.ArrowException):
                self._parquet.close()
        finally:
            with self._accidents():
                self._file.close()

    def write(self, records: Records, positions: list[list[int] | None]) -> None:
        with self._accidents():
            self._parquet.write_table(_table(self._source_file, records, positions))

    @contextmanager
    def _accidents(self) -> Iterator[None]:
        name = self._source_file
        try:
            yield
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise PipelineError(
                    f"The disk became full while a copy of {name} was being written beside the "
                    "warehouse: make room, then run again."
                ) from error
            raise PipelineError(
                f"A copy of {name} cannot be written beside the warehouse ({error.strerror}): "
                "check the rights of that folder."
            ) from error


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
