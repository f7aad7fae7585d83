"""What the foot of a Parquet file says about it."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.runtime.errors import InputError


class EmptyFileError(InputError):
    """The file has no line of data."""


@dataclass(frozen=True)
class ParquetHead:
    """Names and types of the columns, in their order, and the number of rows.

    Types are named as Arrow does; text without the mark of text, which some writers leave out, is
    `binary`.
    """

    columns: tuple[tuple[str, str], ...]
    row_count: int


def read_parquet_head(file: InputFile) -> ParquetHead:
    """Read names and types of columns and number of rows; no data is read.

    Raises
    ------
    InputError
        The file is empty, damaged or no Parquet file.
    """
    if file.size_bytes == 0:
        raise EmptyFileError(f"{file.source_file} is empty: fetch it again or remove it.")
    with open_content(file) as content:
        try:
            with pq.ParquetFile(content.stored) as parquet:
                columns = [(field.name, _type_name(field.type)) for field in parquet.schema_arrow]
                return ParquetHead(tuple(columns), parquet.metadata.num_rows)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise unreadable(file.source_file, error) from error


def unreadable(name: str, error: Exception) -> InputError:
    """Say why a Parquet file cannot be read, and what to do.

    Examples
    --------
    >>> str(unreadable("a.pq", OSError("Could not read encrypted metadata")))
    'a.pq is encrypted: write it again without encryption.'
    """
    if "crypt" in str(error).lower():
        return InputError(f"{name} is encrypted: write it again without encryption.")
    if isinstance(error, NotImplementedError):
        return InputError(
            f"{name} is a Parquet file written in a way that cannot be read here: write it again "
            "with common encodings, compressed with Snappy or zstd."
        )
    return InputError(f"{name} is damaged, cut or is not a Parquet file: fetch it again.")


def _type_name(type_: pa.DataType) -> str:
    is_binary = (
        pa.types.is_binary(type_)
        or pa.types.is_large_binary(type_)
        or pa.types.is_fixed_size_binary(type_)
    )
    return "binary" if is_binary else str(type_)
