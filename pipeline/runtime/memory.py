"""How the memory that a run may take is divided between the database and everything else."""

from __future__ import annotations

import os
from math import ceil

import psutil

from pipeline.runtime.errors import InputError

# What is not the database's: Python with dbt and the libraries, the training and the charts, and
# what DuckDB takes beside the memory that it counts, which grows with it: with 7 GB of 8, a run on
# 411 million events took 8.3, and with 6.56 from gzipped files 8.1.
OUTSIDE_DATABASE_BYTES = 1_000_000_000
OUTSIDE_DATABASE_SHARE = 0.2
SMALLEST_BYTES = 1_500_000_000
# What the database needs for the customers, of whom there is one for 30 lines. Measured while all
# were grouped at once: 1.5 GB did not suffice for 100 million lines, 1 GB did for 25 million, and
# 6.4 did not for 415 million. Grouped in ranges, the totals of 100 million lines take at most 0.5;
# since then the medians of all customers, in `segment_feature_profiles`, need most.
DATABASE_BYTES = 450_000_000
DATABASE_BYTES_PER_LINE = 14
# The rest is for the operating system, other programs, and the page cache that reads the files.
DEFAULT_SHARE = 0.6

_VARIABLE = "AMAZING_MEMORY_LIMIT"


def default_limit(engine: str = "duckdb") -> int:
    """Return the bytes that a run takes where nobody says how many.

    On Spark the least, beside those of Java: DuckDB only writes there what is published, in 0.5 GB
    as fast as in more.
    """
    if engine == "spark":
        return SMALLEST_BYTES
    return max(SMALLEST_BYTES, int(psutil.virtual_memory().total * DEFAULT_SHARE))


def check_limit(limit: int, line_count: int = 0) -> int:
    """Return the limit in bytes if a run can do with it, on a warehouse of so many lines.

    Raises
    ------
    InputError
        When it is too small, saying what is enough.

    Examples
    --------
    >>> check_limit(2_000_000_000)
    2000000000
    """
    database = DATABASE_BYTES + DATABASE_BYTES_PER_LINE * line_count
    enough = max(
        SMALLEST_BYTES,
        OUTSIDE_DATABASE_BYTES + database,
        database / (1 - OUTSIDE_DATABASE_SHARE),
    )
    if limit < enough:
        lines = f" for {line_count:,} lines" if line_count else ""
        raise InputError(
            f"--memory-limit {limit / 1e6:,.0f}MB is too little{lines}:"
            f" a run needs at least {ceil(enough / 1e8) / 10:g}GB."
        )
    return limit


def limit_database(limit: int) -> None:
    """Let DuckDB take its part of `limit` bytes, in every connection from now on.

    Through the environment, where `profiles.yml` finds it too.
    """
    outside = max(OUTSIDE_DATABASE_BYTES, int(limit * OUTSIDE_DATABASE_SHARE))
    part = max(limit - outside, 0)
    os.environ[_VARIABLE] = f"{part // 2**20}MiB"


def database_config() -> dict[str, str | bool | int | float | list[str]]:
    """Return what DuckDB is to be opened with; nothing where no limit was set."""
    limit = os.environ.get(_VARIABLE)
    return {"memory_limit": limit} if limit else {}
