"""Descriptions of published tables, as comments that any client shows."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb


def describe_published(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[tuple[str, str]]
) -> None:
    """Give tables of the database `published` the comments that they have in `warehouse`.

    Parameters
    ----------
    connection : duckdb connection
        With both attached.
    tables : sequence of (schema, table)
    """
    connection.execute("begin")
    for statement in _descriptions(connection, tables):
        connection.execute(statement)
    connection.execute("commit")


def quoted(value: str) -> str:
    """Return a text as SQL writes it.

    Examples
    --------
    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def _descriptions(
    connection: duckdb.DuckDBPyConnection, published: Sequence[tuple[str, str]]
) -> list[str]:
    """Return what describes the published tables as the warehouse describes its relations."""
    tables = ", ".join(f"('{schema}', '{table}')" for schema, table in published)
    relations = connection.execute(
        f"""
        select schema_name, table_name, comment from duckdb_tables()
        where database_name = 'warehouse' and (schema_name, table_name) in ({tables})
        union all
        select schema_name, view_name, comment from duckdb_views()
        where database_name = 'warehouse' and (schema_name, view_name) in ({tables})
        """
    ).fetchall()
    views = connection.execute(
        "select schema_name, view_name from duckdb_views() where database_name = 'published'"
    ).fetchall()
    columns = connection.execute(
        f"""
        select schema_name, table_name, column_name, comment from duckdb_columns()
        where database_name = 'warehouse' and (schema_name, table_name) in ({tables})
        """
    ).fetchall()
    return [
        f"comment on {'view' if (schema, table) in views else 'table'} published.{schema}.{table}"
        f" is {quoted(comment)}"
        for schema, table, comment in relations
        if comment
    ] + [
        f'comment on column published.{schema}.{table}."{column}" is {quoted(comment)}'
        for schema, table, column, comment in columns
        if comment
    ]
