"""Whose tables the folders of a lake hold, and what a killed run leaves in them.

Spark writes the files of a table before the catalogue knows it, and refuses to make a table where
files are. A table changes its name by a move of its folder first, and in the catalogue thereafter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, unquote

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

from pipeline.runtime.errors import InputError
from pipeline.runtime.remote_folder import is_remote

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: A table is built under its name with this behind it, see `next_of` among the macros.
NEXT = "__next"
# Beside the tables: a folder with the name of the warehouse that they are of.
_OWNERS = "warehouses"


def claim_lake(session: SparkSession, lake: str, warehouse: Path) -> None:
    """Note that the tables of a lake are those of a warehouse.

    Another warehouse would take them for its own; or it has a catalogue of its own, as where the
    lake is remote, and would remove them. A server has one catalogue, of which nothing is noted.

    Raises
    ------
    InputError
        They are those of another warehouse.
    """
    if not hasattr(session, "_jvm"):
        return
    folder, name = folder_of_lake(session, f"{lake}/{_OWNERS}"), _name_in(lake, warehouse)
    names = folder.folders()
    if not names:
        folder.make(name)
    elif name not in names:
        raise InputError(
            f"{lake} holds the tables of another warehouse ({unquote(min(names))}, seen from"
            f" there): name another folder with --lake, or remove {lake}/{_OWNERS} if that"
            " warehouse is this one."
        )


def _name_in(lake: str, warehouse: Path) -> str:
    """Return a warehouse as seen from the lake, so that both may be moved together."""
    place = str(warehouse) if is_remote(lake) else os.path.relpath(warehouse, lake)
    return quote(place, safe="")


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

    def make(self, name: str) -> None:
        """Make one of them, and the folders above."""

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

    def make(self, name: str) -> None:
        self._system.mkdirs(self._path(self._place, name))

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

    def make(self, name: str) -> None:
        self._system.create_dir(f"{self._place}/{name}")

    def move(self, name: str, new_name: str) -> None:
        self._system.move(f"{self._place}/{name}", f"{self._place}/{new_name}")

    def delete(self, name: str) -> None:
        self._system.delete_dir(f"{self._place}/{name}")
