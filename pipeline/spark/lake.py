"""What a killed run leaves in the folders of a lake, of which no catalogue of tables knows.

Spark writes the files of a table before the catalogue knows it, and refuses to make a table where
files are. A table changes its name by a move of its folder first, and in the catalogue thereafter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

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
        system, folder = _file_system(place)
        tables = {row.tableName for row in session.sql(f"show tables in {schema}").collect()}
        folders = _folders(system, folder)
        for name in sorted(folders - tables):
            if name + NEXT in tables - folders:
                system.move(f"{folder}/{name}", f"{folder}/{name}{NEXT}")
            else:
                system.delete_dir(f"{folder}/{name}")


def _schemas(session: SparkSession) -> Iterator[tuple[str, str]]:
    for schema in session.catalog.listDatabases():
        if schema.name in ("core", "marts", "ops", "datasets"):
            yield schema.name, schema.locationUri


def _file_system(place: str) -> tuple[FileSystem, str]:
    """Return where a folder of Hadoop's is; its names of protocols are not everybody's."""
    parsed = urlparse(place)
    if parsed.scheme in ("", "file"):
        return LocalFileSystem(), unquote(parsed.path)
    system, folder = FileSystem.from_uri(place.replace("s3a://", "s3://", 1))
    return system, folder.rstrip("/")


def _folders(system: FileSystem, folder: str) -> set[str]:
    found = system.get_file_info(FileSelector(folder, allow_not_found=True))
    return {info.base_name for info in found if info.type == FileType.Directory}
