"""The bytes of a file of events, decompressed, with every accident as one sentence."""

from __future__ import annotations

import bz2
import lzma
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from typing import Protocol

import pyarrow as pa
from isal import igzip, isal_zlib

from pipeline.ingest.discovery import Compression, InputFile, assert_unchanged
from pipeline.runtime.errors import InputError

# Small enough for the cache between the passes over it, large enough that a thread which waits for
# another after each pass, such as one that imports dbt, seldom waits.
CHUNK_BYTES = 1 << 22

# The type stubs of isal declare it as an instance.
ISAL_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]
DAMAGE = (EOFError, zlib.error, ISAL_ERROR, lzma.LZMAError, pa.ArrowInvalid)


class Readable(Protocol):
    """What both decompressors and a plain file offer."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


@dataclass
class Content:
    """The decompressed bytes of a file that is open."""

    stored: FileIO
    reader: Readable

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in pieces of about `CHUNK_BYTES`."""
        while chunk := self.reader.read(CHUNK_BYTES):
            yield chunk

    @property
    def stored_bytes_read(self) -> int:
        """How far the reading of the stored, compressed bytes has come."""
        return self.stored.tell()


@contextmanager
def open_content(file: InputFile) -> Iterator[Content]:
    """Open a file for one reading; what goes wrong inside becomes an InputError that names it.

    Raises
    ------
    InputError
        The file cannot be read, is damaged, ends too early, or is not the one that was found.
    """
    try:
        with file.path.open("rb", buffering=0) as stored:
            assert_unchanged(file)
            yield Content(stored, decompressed(stored, file.compression))
            assert_unchanged(file)
    except (*DAMAGE, OSError) as error:
        raise InputError(_sentence(file, error)) from error


def decompressed(stored: FileIO, compression: Compression) -> Readable:
    """Return a reader of the content of a stored file."""
    if compression == "gzip":
        return igzip.IGzipFile(fileobj=stored, mode="rb")
    if compression == "bzip2":
        return bz2.BZ2File(stored)
    if compression == "xz":
        return lzma.LZMAFile(stored)
    if compression == "zstd":
        # The readers of the package zstandard end without a word where the file was cut.
        return pa.CompressedInputStream(pa.PythonFile(stored, mode="r"), "zstd")
    return stored


def _sentence(file: InputFile, error: Exception) -> str:
    name = file.source_file
    if isinstance(error, EOFError) or "Truncated compressed stream" in str(error):
        return f"{name} ends too early: fetch it again."
    if isinstance(error, FileNotFoundError):
        return f"{name} is no longer there: run again, or put it back."
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder, not a file: move it out of the data folder."
    if isinstance(error, OSError) and error.errno is not None:
        reason = os.strerror(error.errno)
        return f"{name} cannot be read ({reason}): check its owner and permissions, and the disk."
    what = {
        "gzip": "a gzip file",
        "bzip2": "a bzip2 file",
        "xz": "an xz file",
        "zstd": "a zstd file",
        "none": "a readable file",
    }
    return (
        f"{name} is damaged or is not {what[file.compression]}: fetch it again, "
        "or give it the ending of what it is."
    )
