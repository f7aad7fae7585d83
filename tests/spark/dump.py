"""Writes the rows of queries as Parquet files: `dump.py FOLDER` with a dictionary of names and
queries as JSON on its standard input, in the session that SPARK_REMOTE names.

A process of its own, because a session of Spark lasts as long as its process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
from pyspark.sql import SparkSession


def main(folder: Path) -> None:
    """Write a file for each query."""
    session = SparkSession.builder.getOrCreate()
    # As dbt sets it.
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")
    session.conf.set("spark.sql.parser.escapedStringLiterals", "true")
    session.conf.set("spark.sql.shuffle.partitions", "2")
    for name, query in json.load(sys.stdin).items():
        pq.write_table(session.sql(query).toArrow(), folder / f"{name}.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
