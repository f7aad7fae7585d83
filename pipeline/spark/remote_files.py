"""Files that Spark reaches and Python does not: `s3a://`, `hdfs://`, `abfss://` and the like.

They are listed by Spark's reader of whole files, which a session on a server has as well. Bytes
come through the Java process of this machine; from a server, through a file that has no name.
"""

from __future__ import annotations

import io
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, TYPE_CHECKING
from urllib.parse import urlparse

from pipeline.runtime.errors import InputError
from pipeline.runtime.remote_folder import RemoteFolder
from pipeline.spark.paths import as_pattern

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# In one answer: Java gives bytes as text, and a server sends no more than 4 MB at a time.
_PIECE_BYTES = 1 << 21
# Of what an array of Java, or a value of Spark, can hold.
_LARGEST_VALUE = 2**31 - 2**20


@dataclass(frozen=True)
class _Status:
    """What `Path.stat` tells, as far as it is asked."""

    st_size: int
    st_mtime_ns: int
    st_mode: int = stat.S_IFREG | stat.S_IRUSR


@dataclass(frozen=True)
class SparkFile:
    """A file, as far as it is asked what a `Path` is asked."""

    uri: str
    folder: SparkFolder = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.uri

    def stat(self) -> _Status:
        """Return size and time of change.

        Raises
        ------
        FileNotFoundError
            It is not there.
        """
        for uri, status in self.folder.listed(self.uri):
            if uri == self.uri:
                return status
        raise FileNotFoundError(2, "No such file", self.uri)

    def exists(self) -> bool:
        """Tell whether it is there."""
        try:
            self.stat()
        except (FileNotFoundError, InputError):
            return False
        return True

    def open(self, mode: str = "rb", buffering: int = 0) -> IO[bytes]:  # noqa: ARG002
        """Open it for reading bytes."""
        session, size = self.folder.session, self.stat().st_size
        if hasattr(session, "_jvm"):
            return _Stream(session, self.uri, size)  # type: ignore[return-value]
        return _fetched(session, self.uri, size)


class SparkFolder(RemoteFolder):
    """A folder that the session reaches; the session is opened when it is first asked.

    Where none is open yet, `variables` say where its tables are, see `RunSettings.lake_variables`.
    """

    def __init__(self, uri: str, variables: Mapping[str, str] | None = None) -> None:
        super().__init__(uri)
        self._variables = variables or {}

    @cached_property
    def session(self) -> SparkSession:
        """The session that reads."""
        from pipeline.spark.session import open_session

        return open_session(self._variables)

    def files(self) -> Iterator[tuple[SparkFile, str]]:
        """Yield the files; Spark passes over names that begin with a point or an underscore."""
        for uri, _ in self.listed(self.uri):
            yield SparkFile(uri, self), uri[len(self.reported) + 1 :]

    def __truediv__(self, name: str) -> SparkFile:
        return SparkFile(f"{self.reported}/{name}", self)

    @cached_property
    def reported(self) -> str:
        """The folder as Spark calls it, with the machine that `hdfs:///folder` leaves out."""
        path = urlparse(self.uri).path
        for uri, _ in self.listed(self.uri):
            found = urlparse(uri)
            return f"{found.scheme}://{found.netloc}{path}"
        return self.uri

    def listed(self, uri: str) -> list[tuple[str, _Status]]:
        """Return the files below a folder, or a file itself, in their order.

        Raises
        ------
        InputError
            With what Spark says.
        """
        try:
            found = (
                self.session.read.format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(as_pattern(uri))
                .selectExpr("path", "length", "unix_micros(modificationTime) as micros")
                .collect()
            )
        except Exception as error:
            raise InputError(_sentence(uri, error)) from error
        there = {row.path: _Status(row.length, row.micros * 1000) for row in found}
        return sorted(there.items(), key=lambda file: file[0])


class _Stream(io.RawIOBase):
    """A file as Hadoop's client in the Java process of this machine reads it."""

    def __init__(self, session: SparkSession, uri: str, size: int) -> None:
        java = session._jvm
        path = java.org.apache.hadoop.fs.Path(uri)
        configuration = session._jsparkSession.sessionState().newHadoopConf()
        self._stream = path.getFileSystem(configuration).open(path)
        self._bytes_of = java.org.apache.commons.io.IOUtils.toByteArray
        self._size, self._place = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = start + offset
        self._stream.seek(self._place)
        return self._place

    def read(self, size: int = -1) -> bytes:
        """Return as many bytes as are asked for, where there are so many."""
        left = self._size - self._place
        left = left if size is None or size < 0 else min(size, left)
        pieces = []
        while left > 0:
            pieces.append(bytes(self._bytes_of(self._stream, min(left, _PIECE_BYTES))))
            self._place += len(pieces[-1])
            left -= len(pieces[-1])
        return b"".join(pieces)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _fetched(session: SparkSession, uri: str, size: int) -> IO[bytes]:
    """Return a copy of a file that a session on a server reads, piece by piece.

    Raises
    ------
    InputError
        The file is larger than what a server can read as one value.
    """
    if size > _LARGEST_VALUE:
        raise InputError(
            f"{uri} is larger than 2 GB, which a session on a server cannot hand over: cut it, or"
            " run where Spark's own process is (--master in PYSPARK_SUBMIT_ARGS)."
        )
    starts = f"explode(sequence(1, {max(size, 1)}, {_PIECE_BYTES})) as start"
    pieces = (
        session.read.format("binaryFile")
        .load(as_pattern(uri))
        .selectExpr("content", starts)
        .selectExpr(f"substring(content, start, {_PIECE_BYTES}) as piece")
    )
    copy = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
    for row in pieces.toLocalIterator():
        copy.write(row.piece)
    copy.seek(0)
    return copy


def _sentence(uri: str, error: Exception) -> str:
    text = str(error)
    if "PATH_NOT_FOUND" in text or "FileNotFoundException" in text:
        return f"The data folder {uri} does not exist: create it or name another."
    if "No FileSystem for scheme" in text or "ClassNotFoundException" in text:
        protocol = uri.partition("://")[0]
        return f"Spark has no reader of {protocol}://: add its package, see docs/spark.md."
    reason = next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
    return f"{uri} cannot be read by Spark ({reason[:300]}): check its name and who may read it."
