"""The files of events below the data folder, found without opening any."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.runtime.errors import InputError
from pipeline.runtime.remote_folder import Folder, RemoteFolder

Kind = Literal["csv", "parquet"]
Compression = Literal["none", "gzip", "bzip2", "xz", "zstd"]

_COMPRESSIONS: dict[str, Compression] = {
    "": "none",
    ".gz": "gzip",
    ".bz2": "bzip2",
    ".xz": "xz",
    ".zst": "zstd",
}
# What has another meaning as often: such a file without a header of events is left alone.
_UNCERTAIN: dict[str, tuple[Kind, Compression]] = {
    text + ending: ("csv", compression)
    for text in (".txt", "")
    for ending, compression in _COMPRESSIONS.items()
    if text + ending
}
_CERTAIN: dict[str, tuple[Kind, Compression]] = {
    text + ending: ("csv", compression)
    for text in (".csv", ".tsv")
    for ending, compression in _COMPRESSIONS.items()
} | {".parquet": ("parquet", "none"), ".pq": ("parquet", "none")}
ARCHIVES = (
    ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"
)  # fmt: skip

# Hidden files, and the locks of office programs.
_NOT_SHOWN = (".", "~$")
_PAGE = re.compile(r"(readme|licen[cs]e)\b.*|.*\.md", re.IGNORECASE)
# What programs keep beside the tables that they write.
_BOOKKEEPING = ("_temporary", "_delta_log", "_spark_metadata", "__MACOSX")


@dataclass(frozen=True)
class InputFile:
    """One file of events as it was found.

    Attributes
    ----------
    path : Path
        Absolute; of a remote folder, what it gives for a file.
    source_file : str
        Path below the data folder with forward slashes: the name people see and the ledger keeps.
    kind, compression : str
        By the ending of the name: 'csv' or 'parquet'; 'none', 'gzip', 'bzip2', 'xz' or 'zstd'.
    size_bytes : int
        Size as stored.
    modified_at : int
        Nanoseconds since 1970.
    """

    path: Path
    source_file: str
    kind: Kind
    compression: Compression
    size_bytes: int
    modified_at: int

    @property
    def is_certain(self) -> bool:
        """Whether the ending says that it is a table; `.txt` or `.gz` alone may be anything."""
        return self.source_file.lower().endswith(tuple(_CERTAIN))


def file_format(name: str) -> tuple[Kind, Compression] | None:
    """Return kind and compression of a file of events by its name; None for any other file.

    Examples
    --------
    >>> file_format("2019-Oct.CSV.GZ"), file_format("2019-Oct.xz")
    (('csv', 'gzip'), ('csv', 'xz'))
    >>> file_format("README.md"), file_format("2019.tar.xz"), file_format("2019.tar.zst")
    (None, None, None)
    """
    lower = name.rpartition("/")[2].lower()
    if lower.endswith(ARCHIVES) or ".tar." in lower or is_page(name):
        return None
    formats = _CERTAIN | _UNCERTAIN
    return next((form for ending, form in formats.items() if lower.endswith(ending)), None)


def is_page(name: str) -> bool:
    """Tell whether a name is that of a page about the data.

    >>> is_page("deep/README.txt"), is_page("readme.csv.gz"), is_page("events.txt")
    (True, True, False)
    """
    return _PAGE.fullmatch(name.rpartition("/")[2]) is not None


def discover(datasets: Folder) -> list[InputFile]:
    """Find every file of events below the data folder, at any depth, sorted by `source_file`.

    Hidden files and folders and files with other endings are left alone. Links are followed, each
    real folder once, so that a loop of links ends.

    Raises
    ------
    InputError
        The folder is missing, is not a folder or cannot be listed; a file of events is a link to
        nothing, is no regular file, or has a name that cannot be kept as text.
    """
    found = []
    for path, source_file in visible_files(datasets):
        form = file_format(source_file)
        if form is not None:
            status = file_status(path, source_file)
            found.append(
                InputFile(path, source_file, *form, status.st_size, status.st_mtime_ns),
            )
    return sorted(found, key=lambda file: file.source_file)


def assert_unchanged(file: InputFile) -> None:
    """Raise InputError if the file is no longer the one that was found (size or time differ)."""
    status = file_status(file.path, file.source_file)
    if (status.st_size, status.st_mtime_ns) != (file.size_bytes, file.modified_at):
        raise InputError(
            f"{file.source_file} changed while it was being read: "
            "wait until it is complete, then run again.",
        )


def visible_files(datasets: Folder, hidden: list[str] | None = None) -> Iterator[tuple[Path, str]]:
    """Yield path and name below `datasets` of everything that is not hidden and no folder.

    What an office program keeps beside an open file (`~$a.csv`), and what Spark and Delta keep
    beside their tables (`_temporary/`), counts as hidden; the names are added to the list. Real
    folders come before linked ones, so that a file that both reach has its real name.
    """
    if isinstance(datasets, RemoteFolder):
        yield from datasets.files()
        return
    root = Path(datasets).absolute()
    real, linked = [(root, "")], list[tuple[Path, str]]()
    seen = set()
    while real or linked:
        folder, prefix = real.pop() if real else linked.pop(0)
        identity = _folder_identity(folder)
        if identity in seen:
            continue
        seen.add(identity)
        for entry in _entries(folder):
            name = prefix + entry.name
            if entry.name.startswith(_NOT_SHOWN) or entry.name in _BOOKKEEPING:
                if hidden is not None:
                    hidden.append(name + "/" * _is_folder(entry))
            elif not _is_folder(entry):
                yield Path(entry.path), name
            elif entry.is_symlink():
                linked.append((Path(entry.path), name + "/"))
            else:
                real.append((Path(entry.path), name + "/"))


def file_status(path: Path, source_file: str) -> os.stat_result:
    """Return the status of a regular file whose name can be shown; else raise InputError."""
    if not is_plain_text(source_file):
        raise InputError(
            f"The file name {source_file!r} holds bytes that are no plain text: rename it.",
        )
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(
            f"{source_file} is a link to nothing or cannot be reached "
            f"({error.strerror}): repair or remove it.",
        ) from error
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{source_file} is not a regular file: move it out of the data folder.")
    return status


def is_plain_text(name: str) -> bool:
    """Whether a name has neither control characters nor line ends nor undecodable bytes.

    Such bytes arrive as lone surrogates (category Cs), which no database column takes.

    Examples
    --------
    >>> is_plain_text("it's 100%.csv"), is_plain_text("two\\nlines.csv")
    (True, False)
    """
    return not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in name)


def _folder_identity(folder: Path) -> tuple[int, int]:
    try:
        status = folder.stat()
    except OSError as error:
        raise _folder_error(folder, error) from error
    return status.st_dev, status.st_ino


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise _folder_error(folder, error) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _folder_error(folder: Path, error: OSError) -> InputError:
    shown = str(folder).encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(error, FileNotFoundError):
        return InputError(f"The data folder {shown} does not exist: create it or name another.")
    if isinstance(error, NotADirectoryError):
        return InputError(f"{shown} is not a folder: name the folder that holds the files.")
    return InputError(f"The folder {shown} cannot be read ({error.strerror}): check its owner.")
