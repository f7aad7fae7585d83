"""BigQuery: tables, LOAD DATA beside them, and a replacement of each table at once."""

from __future__ import annotations

from pipeline.databases.bundle.scripts import Load, is_by_user, listed, quoted, sql_type
from pipeline.databases.deliveries import DescribedDelivery

_TYPES = {
    "BIGINT": "int64",
    "INTEGER": "int64",
    "DOUBLE": "float64",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
# No longer ones are kept.
_LONGEST_COMMENT = 1024


def bigquery_script(load: Load) -> str:
    """Return the statements that load all tables from a bucket of Google Cloud Storage."""
    statements = [f"create schema if not exists {load.schema}"]
    for table in load.tables:
        files = quoted(f"{load.location}/{table.name}/*.parquet", with_backslashes=True)
        statements += [
            f"create or replace table {load.schema}.{table.name}__new {_columns(table)}"
            f"{_order(table)}\noptions (description = {_comment(table.comment)})",
            f"load data into {load.schema}.{table.name}__new"
            f" from files (format = 'PARQUET', uris = [{files}])",
        ]
    for table in load.tables:
        name = f"{load.schema}.{table.name}"
        statements += [
            f"create or replace table {name} {_columns(table)}"
            f"{_order(table)}\noptions (description = {_comment(table.comment)})"
            f"\nas select * from {name}__new",
            f"drop table {name}__new",
        ]
    return ";\n\n".join(statements) + ";\n"


def _columns(table: DescribedDelivery) -> str:
    key = table.delivery.key
    return listed(
        [
            f"{column.name} {sql_type(column, _TYPES, decimal='numeric', text='string')}"
            + (" not null" if column.name in key else "")
            + (f" options (description = {_comment(column.comment)})" if column.comment else "")
            for column in table.columns
        ]
        + [f"primary key ({', '.join(key)}) not enforced"]
    )


def _order(table: DescribedDelivery) -> str:
    return "\ncluster by user_id" if is_by_user(table) else ""


def _comment(text: str) -> str:
    return quoted(text[:_LONGEST_COMMENT], with_backslashes=True)
