"""The tables as Parquet, in parts that a warehouse reads side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.databases.deliveries import DescribedDelivery, rows_of

# Redshift wants parts of 1 MB to 1 GB, and reads one with each slice: a hundred megabytes give
# even a small cluster several.
PART_BYTES = 128_000_000


@dataclass(frozen=True)
class Part:
    """A file of a table: its path below the folder of all tables, and its size."""

    path: str
    size_bytes: int


def write_parts(
    connection: duckdb.DuckDBPyConnection,
    table: DescribedDelivery,
    folder: Path,
    *,
    part_bytes: int = PART_BYTES,
) -> list[Part]:
    """Write the rows of a table below a folder, in the order of the key.

    An empty table is one part as well: a warehouse takes a manifest without parts for an error.
    """
    query = rows_of(table, are_lists_json=True)
    target = folder / table.name
    connection.execute(
        f"copy ({query}) to '{str(target).replace(chr(39), chr(39) * 2)}'"
        f" (format parquet, file_size_bytes {part_bytes}, filename_pattern 'part_{{i}}')"
    )
    paths = sorted(target.iterdir(), key=lambda path: int(path.stem.rpartition("_")[2]))
    return [Part(f"{table.name}/{path.name}", path.stat().st_size) for path in paths]
