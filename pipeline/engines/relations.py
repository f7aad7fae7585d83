"""What Python models ask of a relation, on DuckDB and on Spark.

dbt gives a model DuckDB's relations on one engine and Spark's data frames on the other. What leaves
the engine here is a sample, a result by segment, or one number: nothing that grows with customers.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa


def table_of(relation: Any, *order: str) -> pa.Table:
    """Collect a relation as a table, in the order of these columns."""
    if _is_of_spark(relation):
        return (relation.orderBy(*order) if order else relation).toArrow()
    return (relation.order(", ".join(order)) if order else relation).to_arrow_table()


def frame_of(relation: Any, *order: str) -> pd.DataFrame:
    """Collect a relation as a data frame, money as doubles."""
    if not _is_of_spark(relation):
        return (relation.order(", ".join(order)) if order else relation).df()
    table = table_of(relation, *order)
    for place, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            doubles = table[column.name].cast(pa.float64())
            table = table.set_column(place, column.name, doubles)
    return table.to_pandas()


def value_of(relation: Any, expression: str) -> Any:
    """Compute an aggregate over all rows."""
    if _is_of_spark(relation):
        return relation.selectExpr(expression).collect()[0][0]
    return relation.aggregate(expression).fetchall()[0][0]


def former_table(session: Any, schema: str, *names: str) -> pa.Table | None:
    """Collect the first of these tables that there is, no view; None where there is none."""
    for name in names:
        if _is_table(session, schema, name):
            query = session.sql(f"select * from {schema}.{name}")
            return query.toArrow() if _is_of_spark(query) else query.to_arrow_table()
    return None


def result(table: pa.Table, session: Any) -> Any:
    """Return what dbt stores as the table of a model."""
    if not _is_spark(session):
        return table
    from pyspark.sql.pandas.types import from_arrow_schema

    # Without its schema, a table without a row is refused.
    return session.createDataFrame(table, from_arrow_schema(table.schema))


def _is_table(session: Any, schema: str, name: str) -> bool:
    if _is_spark(session):
        full_name = f"{schema}.{name}"
        catalog = session.catalog
        return catalog.tableExists(full_name) and catalog.getTable(full_name).tableType != "VIEW"
    found = session.execute(
        "select count(*) from duckdb_tables() where schema_name = ? and table_name = ?",
        [schema, name],
    )
    return bool(found.fetchall()[0][0])


def _is_of_spark(relation: Any) -> bool:
    return hasattr(relation, "toArrow")


def _is_spark(session: Any) -> bool:
    return hasattr(session, "createDataFrame")
