"""Texts and numbers in the buffers of Arrow, for functions that the database calls by vectors.

What pyarrow offers for this imports pandas at the first call, which takes as long as a million
hashes, and a quarter of a second of every run with a key.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa


def letters_of(
    texts: pa.Array | pa.ChunkedArray | Sequence[str],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the bytes of all texts behind one another, where each begins, and how long it is.

    A null is a text without letters.
    """
    if isinstance(texts, (pa.Array, pa.ChunkedArray)):
        texts = _whole(texts)
    else:
        encoded = [text.encode() for text in texts]
        lengths = np.array([len(text) for text in encoded], np.int64)
        return np.frombuffer(b"".join(encoded), np.uint8), np.cumsum(lengths) - lengths, lengths
    _, offsets, data = texts.buffers()
    width = np.dtype("i8" if pa.types.is_large_string(texts.type) else "i4")
    bounds: np.ndarray = np.frombuffer(offsets, width)
    bounds = bounds[texts.offset : texts.offset + len(texts) + 1]
    lengths = bounds[1:] - bounds[:-1]
    valid = is_valid(texts)
    if valid is not None:
        lengths *= valid
    letters = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return letters, bounds[:-1], lengths


def numbers_of(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Return the numbers of 64 bits of a column, shape (n,); anything where one is null."""
    array = _whole(column)
    numbers: np.ndarray = np.frombuffer(array.buffers()[1], np.uint64)
    return numbers[array.offset : array.offset + len(array)]


def is_valid(column: pa.Array | pa.ChunkedArray) -> np.ndarray | None:
    """Tell which values are no null, shape (n,), or nothing where none is one."""
    if not column.null_count:
        return None
    array = _whole(column)
    bits = np.frombuffer(array.buffers()[0], np.uint8)
    return np.unpackbits(bits, count=array.offset + len(array), bitorder="little")[
        array.offset :
    ].view(bool)


def column_of(numbers: np.ndarray, kind: pa.DataType, valid: np.ndarray | None = None) -> pa.Array:
    """Return numbers, as wide as their type, as a column; null where they are not valid."""
    validity = None if valid is None else pa.py_buffer(np.packbits(valid, bitorder="little"))
    data = pa.py_buffer(np.ascontiguousarray(numbers))
    return pa.Array.from_buffers(kind, len(numbers), [validity, data])


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
