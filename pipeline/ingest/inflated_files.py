"""Compressed files as DuckDB reads them: inflated on the way, in half of the time for gzip.

DuckDB asks a file system for pieces of 32 MB, in their order, and counts on knowing how long the
content is. The inspection does know, so each file is named to the file system before it is read.
"""

from __future__ import annotations

import threading
from collections import deque
from io import FileIO
from pathlib import Path

import duckdb
from fsspec import AbstractFileSystem

from pipeline.ingest.contents import Readable, decompressed
from pipeline.ingest.discovery import Compression
from pipeline.ingest.session import current_session

PROTOCOL = "inflated"
# DuckDB may let go of a piece that it still needs under pressure, and asks again for one of the
# last; anything earlier is inflated anew, from the beginning.
_PIECES_KEPT = 2


def inflated_path(path: Path) -> str:
    """Return the path under which DuckDB reads the content of a compressed file, or of a folder's.

    Examples
    --------
    >>> inflated_path(Path("/data/2019-Dec.csv.gz"))
    'inflated:///data/2019-Dec.csv.gz'
    """
    return f"{PROTOCOL}://{path.as_posix()}"


def expect_content(path: Path, content_bytes: int, compression: Compression = "gzip") -> None:
    """Note how long the content of a file is and how it is compressed, before it is read."""
    current_session().contents[path.as_posix()] = content_bytes, compression


def read_inflated(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection, and every other one to its database, read such paths."""
    if not connection.filesystem_is_registered(PROTOCOL):
        connection.register_filesystem(InflatedFiles())


class InflatedFiles(AbstractFileSystem):
    """What DuckDB asks of a file system, for the files that `inflated_path` has named."""

    protocol = PROTOCOL
    cachable = False

    def glob(self, path: str, **_: object) -> list[str]:
        """Return the path itself: DuckDB takes every path for a pattern."""
        return [self._strip_protocol(path)]

    def size(self, path: str) -> int:
        """Return the length of the content, in bytes."""
        return current_session().contents[self._strip_protocol(path)][0]

    def info(self, path: str, **_: object) -> dict[str, object]:
        """Return what there is to know of a file."""
        return {"name": self._strip_protocol(path), "size": self.size(path), "type": "file"}

    def open(self, path: str, mode: str = "rb", **_: object) -> InflatedFile:
        """Open the content for reading.

        Raises
        ------
        ValueError
            For any other mode than 'rb'.
        """
        if mode != "rb":
            raise ValueError(f"The mode is {mode!r}; a compressed file is only read ('rb').")
        return InflatedFile(self._strip_protocol(path))


class InflatedFile:
    """The content of one compressed file, read by several threads, piece by piece.

    A thread that has set a position reads from there, whatever others do between the two calls;
    without having set one, it goes on where the last piece ended.
    """

    def __init__(self, path: str) -> None:
        self.closed = False
        self._path = path
        self._stored, self._content = self._open()
        self._inflated_bytes = 0
        self._pieces: deque[tuple[int, bytes]] = deque(maxlen=_PIECES_KEPT)
        self._sought: dict[int, int] = {}
        self._next = 0
        self._lock = threading.Lock()

    def __del__(self) -> None:
        # DuckDB lets go of files without closing them.
        self._stored.close()

    def seek(self, position: int, whence: int = 0) -> int:
        """Set the position of the next piece that this thread reads, from the beginning.

        Raises
        ------
        ValueError
            For a position relative to anything else.
        """
        if whence != 0:
            raise ValueError(f"whence is {whence}; positions count from the beginning (0).")
        self._sought[threading.get_ident()] = self._next = position
        return position

    def tell(self) -> int:
        """Return the position at which the last piece ended."""
        return self._next

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        with self._lock:
            position = self._sought.pop(threading.get_ident(), None)
            if position is None:
                # No positions of single threads: the pieces follow each other.
                self._sought.clear()
                position = self._next
            piece = self._kept(position, size)
            if piece is None:
                piece = self._inflate(position, size)
                self._pieces.append((position, piece))
            self._next = position + len(piece)
            return piece

    def close(self) -> None:
        """Let go of the file and of what is kept of it."""
        self.closed = True
        self._pieces.clear()
        self._stored.close()

    def _open(self) -> tuple[FileIO, Readable]:
        stored = FileIO(self._path)
        return stored, decompressed(stored, current_session().contents[self._path][1])

    def _kept(self, position: int, size: int) -> bytes | None:
        for start, piece in self._pieces:
            if start == position and len(piece) == size:
                return piece
        return None

    def _inflate(self, position: int, size: int) -> bytes:
        if position < self._inflated_bytes:
            self._stored.close()
            self._stored, self._content = self._open()
            self._inflated_bytes = 0
        while self._inflated_bytes < position:
            skipped = self._content.read(min(position - self._inflated_bytes, 1 << 22))
            if not skipped:
                return b""
            self._inflated_bytes += len(skipped)
        # The reader is buffered: it returns less than it is asked for at the end only.
        piece = self._content.read(size)
        self._inflated_bytes += len(piece)
        return piece
