"""Snowflake: an external stage, tables, COPY, and a swap of each table."""

from __future__ import annotations

from pipeline.databases.bundle.scripts import Load, is_by_user, listed, quoted, sql_type
from pipeline.databases.deliveries import DescribedDelivery

_TYPES = {
    "BIGINT": "number(19, 0)",
    "INTEGER": "number(10, 0)",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp_ntz",
}
_STAGE = "customer_segments_files"


def snowflake_script(load: Load) -> str:
    """Return the statements that load all tables by way of a storage integration."""
    statements = [
        f"create schema if not exists {load.schema}",
        f"create stage if not exists {load.schema}.{_STAGE} url = {quoted(load.location)}"
        " storage_integration = customer_segments",
    ]
    for table in load.tables:
        name = f"{load.schema}.{table.name}"
        statements += [
            f"create or replace table {name}__new {_columns(table)}{_order(table)}"
            f" comment = {quoted(table.comment)}",
            f"copy into {name}__new from @{load.schema}.{_STAGE}/{table.name}/"
            " file_format = (type = parquet) match_by_column_name = case_insensitive",
        ]
    for table in load.tables:
        name = f"{load.schema}.{table.name}"
        statements += [
            f"create table if not exists {name} like {name}__new",
            f"alter table {name} swap with {name}__new",
            f"drop table {name}__new",
        ]
    return ";\n\n".join(statements) + ";\n"


def _columns(table: DescribedDelivery) -> str:
    key = table.delivery.key
    return listed(
        [
            f"{column.name} {sql_type(column, _TYPES, decimal='number', text='varchar')}"
            + (" not null" if column.name in key else "")
            + (f" comment {quoted(column.comment)}" if column.comment else "")
            for column in table.columns
        ]
        + [f"primary key ({', '.join(key)})"]
    )


def _order(table: DescribedDelivery) -> str:
    return "\ncluster by (user_id)" if is_by_user(table) else ""
