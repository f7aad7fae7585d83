"""A process that has a session of Spark and does what it is told, one line of JSON at a time.

Apart from the tests, so that it can be killed, and because a session lasts as long as its process.
"""

from __future__ import annotations

import json
import os
import sys


def build(arguments: list[str]) -> list[str]:
    """Run dbt; return what went wrong."""
    from dbt.cli.main import dbtRunner

    outcome = dbtRunner().invoke(arguments)
    errors = [str(outcome.exception)] if outcome.exception else []
    for result in getattr(outcome.result, "results", None) or []:
        if str(result.status) in ("error", "fail", "runtime error"):
            errors.append(f"{result.node.name}: {result.message}")
    return errors


def dump(query: str, path: str) -> None:
    """Write the rows of a query as a Parquet file."""
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    if SparkSession.getActiveSession() is None:
        # Made as dbt makes it.
        build(["debug", "--target", "spark", "--project-dir", ".", "--profiles-dir", "."])
    pq.write_table(SparkSession.builder.getOrCreate().sql(query).toArrow(), path)


def put(relation: str, path: str) -> None:
    """Put the rows of a Parquet file in the place of those of a table."""
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    rows = SparkSession.builder.getOrCreate().createDataFrame(pq.read_table(path))
    rows.write.mode("overwrite").format("parquet").saveAsTable(relation)


def main() -> None:
    """Answer each line; what dbt and Spark say goes to the standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        name, arguments = json.loads(line)
        try:
            answer = {"build": build, "dump": dump, "put": put}[name](*arguments)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
