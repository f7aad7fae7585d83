"""What a killed run leaves in the folders of a lake, of which no catalogue of tables knows.

Spark writes the files of a table before the catalogue knows it, and refuses to make a table where
files are. A table changes its name by a move of its folder first, and in the catalogue thereafter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

from pipeline.runtime.remote_folder import is_remote

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: A table is built under its name with this behind it, see `next_of` among the macros.
NEXT = "__next"


def mend_lake(session: SparkSession) -> None:
    """Let the folders of the lake be those of its tables again.

    A folder that was moved before its table had the new name is moved back, and one that no table
    has is removed: its table was not made yet.
    """
    for schema, place in _schemas(session):
        folder = folder_of_lake(session, unquote(place))
        tables = {row.tableName for row in session.sql(f"show tables in {schema}").collect()}
        folders = folder.folders()
        for name in sorted(folders - tables):
            if name + NEXT in tables - folders:
                folder.move(name, name + NEXT)
            else:
                folder.delete(name)


def _schemas(session: SparkSession) -> Iterator[tuple[str, str]]:
    for schema in session.catalog.listDatabases():
        if schema.name in ("core", "marts", "ops", "datasets"):
            yield schema.name, schema.locationUri


class FolderOfLake(Protocol):
    """A folder of the lake, wherever that is."""

    def folders(self) -> set[str]:
        """Return the names of the folders in it; none where it is not there."""

    def move(self, name: str, new_name: str) -> None:
        """Rename one of them."""

    def delete(self, name: str) -> None:
        """Delete one of them, and all that is in it."""


def folder_of_lake(session: SparkSession, place: str) -> FolderOfLake:
    """Return a folder as the Java process of this machine reaches it, else as Arrow does."""
    if hasattr(session, "_jvm"):
        return _FolderOfHadoop(session, place)
    return _FolderOfArrow(place)


class _FolderOfHadoop:
    def __init__(self, session: SparkSession, place: str) -> None:
        self._path = session._jvm.org.apache.hadoop.fs.Path
        self._place = self._path(place)
        configuration = session._jsparkSession.sessionState().newHadoopConf()
        self._system = self._place.getFileSystem(configuration)

    def folders(self) -> set[str]:
        if not self._system.exists(self._place):
            return set()
        found = self._system.listStatus(self._place)
        return {each.getPath().getName() for each in found if each.isDirectory()}

    def move(self, name: str, new_name: str) -> None:
        self._system.rename(self._path(self._place, name), self._path(self._place, new_name))

    def delete(self, name: str) -> None:
        self._system.delete(self._path(self._place, name), True)


class _FolderOfArrow:
    def __init__(self, place: str) -> None:
        if is_remote(place) and not place.startswith("file:"):
            # Hadoop's names of protocols are not everybody's.
            self._system, folder = FileSystem.from_uri(place.replace("s3a://", "s3://", 1))
            self._place = folder.rstrip("/")
        else:
            self._system, self._place = LocalFileSystem(), place.removeprefix("file:")

    def folders(self) -> set[str]:
        found = self._system.get_file_info(FileSelector(self._place, allow_not_found=True))
        return {info.base_name for info in found if info.type == FileType.Directory}

    def move(self, name: str, new_name: str) -> None:
        self._system.move(f"{self._place}/{name}", f"{self._place}/{new_name}")

    def delete(self, name: str) -> None:
        self._system.delete_dir(f"{self._place}/{name}")
