"""The values of a Parquet file, read once before the database does: whole, and text where they say.

The database gives a file up for one text that is none. Such a column is read as bytes, from a copy,
so that the value costs its own row alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.parquet_heads import unreadable

_ROWS_AT_A_TIME = 1 << 16
BYTES, NOTHING = "binary", "null"


@dataclass(frozen=True)
class ParquetValues:
    """What reading every value of a file found.

    `types_to_read` holds, by the position of a column with text that is none, the type with which a
    copy holds it: `binary`, or `null` where such text stands within lists and the like.
    """

    row_count: int
    types_to_read: dict[int, str]


def read_parquet_values(name: str, stored: FileIO) -> ParquetValues:
    """Read every value of a Parquet file that is open.

    Raises
    ------
    InputError
        Some of it is damaged, or written in a way that cannot be read.
    """
    row_count, types = 0, dict[int, str]()
    for batch in batches(name, stored):
        row_count += len(batch)
        for position, values in enumerate(batch.columns):
            if position not in types and not is_text(values):
                is_nested = pa.types.is_nested(values.type)
                types[position] = NOTHING if is_nested else BYTES
    return ParquetValues(row_count, types)


def batches(name: str, stored: FileIO) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file that is open, with the checksums of its pages checked.

    Raises
    ------
    InputError
        As `read_parquet_values`; the sentence has this name.
    """
    with _accidents(name):
        stored.seek(0)
        # Neither a row group nor a column of it is held in memory as a whole.
        file = pq.ParquetFile(
            stored, page_checksum_verification=True, pre_buffer=False, buffer_size=1 << 20
        )
        yield from file.iter_batches(batch_size=_ROWS_AT_A_TIME)


def is_text(values: pa.Array) -> bool:
    """Tell whether what is declared to be text is: UTF-8 without NUL, which no text file has.

    Examples
    --------
    >>> is_text(pa.array(["caf\\u00e9", None])), is_text(pa.array(["a\\0b"]))
    (True, False)
    """
    if pa.types.is_dictionary(values.type):
        values = values.dictionary
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        return False
    if pa.types.is_string_view(values.type):
        values = values.cast(pa.large_string())
    is_string = pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
    return not (is_string and pc.any(pc.match_substring(values, "\0")).as_py())


@contextmanager
def _accidents(name: str) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise unreadable(name, error) from error
