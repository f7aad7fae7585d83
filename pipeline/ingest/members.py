"""What lies in an archive, read without trusting it."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

import xxhash
from isal import igzip

from pipeline.ingest.accidents import DamagedArchiveError
from pipeline.ingest.discovery import file_format

CHUNK_BYTES = 1 << 20
BLOCK_BYTES = 512

MemberKind = Literal["file", "folder", "link", "special"]
Opener = Callable[[], IO[bytes] | None]


@dataclass(frozen=True)
class Member:
    """One entry of an archive, as its directory declares it."""

    name: str
    kind: MemberKind
    size_bytes: int
    is_encrypted: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the path; a backslash separates too, as in archives made on Windows."""
        return PurePosixPath(self.name.replace("\\", "/")).parts

    @property
    def points_outside(self) -> bool:
        """Whether the path is absolute, names a drive or climbs."""
        is_absolute = self.name.startswith(("/", "\\"))
        return is_absolute or ".." in self.parts or bool(re.match("[A-Za-z]:", self.name))

    @property
    def is_wanted(self) -> bool:
        """Whether it is a visible file of events."""
        is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in self.parts)
        return self.kind == "file" and not is_hidden and file_format(self.name) is not None


class HashedReader(io.RawIOBase):
    """A file that is hashed while it is read from its beginning to its end."""

    def __init__(self, stored: IO[bytes], advance: Callable[[float], None]) -> None:
        self._stored, self._advance = stored, advance
        self.digest = xxhash.xxh3_128()

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, hash what came and say how much it was."""
        data = self._stored.read(len(buffer))
        buffer[: len(data)] = data
        self.digest.update(data)
        self._advance(len(data))
        return len(data)

    def drain(self) -> str:
        """Read what is left and return the fingerprint of the whole."""
        while self.read(CHUNK_BYTES):
            pass
        return self.digest.hexdigest()


class _MeasuredReader:
    """Remembers how much was read and where the last byte stood that is not zero."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.size = self.end_of_content = 0

    def read(self, size: int) -> bytes:
        data = self._reader.read(size)
        if content := data.rstrip(b"\0"):
            self.end_of_content = self.size + len(content)
        self.size += len(data)
        return data


def list_members(path: Path, advance: Callable[[float], None]) -> tuple[list[Member], str]:
    """Return all members of an archive and the fingerprint of its bytes; nothing is unpacked.

    Raises
    ------
    DamagedArchiveError, zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, ...
        The archive is damaged or cut.
    """
    with path.open("rb") as stored:
        hashed = HashedReader(stored, advance)
        if path.name.lower().endswith(".zip"):
            fingerprint = hashed.drain()
            return [member for member, _ in walk_members(path)], fingerprint
        members = [member for member, _ in _walk_tar(path.name, hashed)]
        return members, hashed.drain()


def walk_members(path: Path) -> Iterator[tuple[Member, Opener]]:
    """Yield each member and what opens it, in the order in which they are stored.

    A member must be read before the next is asked for.
    """
    with path.open("rb") as stored:
        if path.name.lower().endswith(".zip"):
            yield from _walk_zip(stored)
        else:
            yield from _walk_tar(path.name, stored)


def _walk_zip(stored: IO[bytes]) -> Iterator[tuple[Member, Opener]]:
    with zipfile.ZipFile(stored) as archive:
        for info in archive.infolist():
            member = Member(
                info.filename, _zip_kind(info), info.file_size, bool(info.flag_bits & 0x1)
            )
            yield member, partial(archive.open, info)


def _zip_kind(info: zipfile.ZipInfo) -> MemberKind:
    # The upper half holds the Unix mode where the archive was made on Unix, else zero.
    mode = info.external_attr >> 16
    if info.is_dir():
        return "folder"
    if stat.S_ISLNK(mode):
        return "link"
    return "file" if stat.S_IFMT(mode) in {0, stat.S_IFREG} else "special"


def _walk_tar(name: str, stored: IO[bytes] | HashedReader) -> Iterator[tuple[Member, Opener]]:
    with _decompressed(name, stored) as reader:
        measured: Any = _MeasuredReader(reader)
        with tarfile.open(fileobj=measured, mode="r|") as archive:
            for info in archive:
                member = Member(info.name, _tar_kind(info), info.size)
                yield member, partial(archive.extractfile, info)
            end = archive.offset
        while measured.read(CHUNK_BYTES):
            pass
    # A tar ends with blocks of zeros. The module stops without a word at a damaged header, and
    # where the file was cut between two members.
    if measured.end_of_content > end or measured.size < end + BLOCK_BYTES:
        raise DamagedArchiveError


def _tar_kind(info: tarfile.TarInfo) -> MemberKind:
    if info.isdir():
        return "folder"
    if info.issym() or info.islnk():
        return "link"
    return "file" if info.isreg() and not info.issparse() else "special"


@contextmanager
def _decompressed(name: str, stored: Any) -> Iterator[Any]:
    lower = name.lower()
    if lower.endswith(".tar"):
        yield stored
    elif lower.endswith((".bz2", ".tbz2")):
        with bz2.BZ2File(stored) as reader:
            yield reader
    elif lower.endswith((".xz", ".txz")):
        with lzma.LZMAFile(stored) as reader:
            yield reader
    else:
        with igzip.IGzipFile(fileobj=stored, mode="rb") as reader:
            yield reader
