"""Copies of Parquet files: texts that are none as bytes, and every row with its number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from pipeline.ingest.contents import Content, open_content
from pipeline.ingest.copy_writer import CopyWriter
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import Layout
from pipeline.ingest.parquet_values import BYTES, NOTHING, batches
from pipeline.ingest.record_files import RecordFile


def write_parquet_copy(file: InputFile, layout: Layout, path: Path) -> RecordFile:
    """Copy the rows of a Parquet file, in their order, some megabytes at a time.

    Columns have the types of the layout, and no names but `source_file` and `line_number`, the last
    two.

    Raises
    ------
    InputError
        The file cannot be read to its end, or changed meanwhile.
    PipelineError
        The copy cannot be written; nothing is left of it.
    """
    try:
        with open_content(file) as content:
            tables = _tables(content, layout, file.source_file)
            first = next(tables)
            with CopyWriter(path, file.source_file, first.schema) as writer:
                for rows in chain([first], tables):
                    writer.write(rows)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return RecordFile(path, joined_line_count=0)


def _tables(content: Content, layout: Layout, source_file: str) -> Iterator[pa.Table]:
    types = [type_ for _, type_ in layout.parquet_columns]
    names = [f"column_{position}" for position in range(len(types))]
    number = 1
    for batch in batches(source_file, content.stored):
        columns = [
            *map(_as_type, batch.columns, types),
            pa.repeat(source_file, len(batch)),
            pa.array(range(number, number + len(batch)), pa.int64()),
        ]
        yield pa.table(columns, names=[*names, "source_file", "line_number"])
        number += len(batch)


def _as_type(values: pa.Array, type_: str) -> pa.Array:
    if type_ == NOTHING:
        return pa.nulls(len(values))
    if type_ != BYTES:
        return values
    if pa.types.is_dictionary(values.type):
        values = values.dictionary.cast(pa.large_binary()).take(values.indices)
    return values.cast(pa.large_binary())
