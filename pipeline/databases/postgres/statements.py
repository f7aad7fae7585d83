"""The statements that make, describe and exchange the tables."""

from __future__ import annotations

import re

from pipeline.databases.deliveries import Column, DescribedDelivery

# In the comment of every table of ours: what has another one is somebody else's.
MARK = "Replaced by every export of the customer segments."
_TYPES = {
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "VARCHAR": "text",
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_NEW = "__new"


def type_of(column: Column) -> str:
    """Return PostgreSQL's type for a column.

    Examples
    --------
    >>> type_of(Column("revenue", "DECIMAL(18,2)", "")), type_of(Column("means", "DOUBLE[]", ""))
    ('numeric(18, 2)', 'double precision[]')
    >>> type_of(Column("rejected_by_reason", "MAP(VARCHAR, BIGINT)", ""))
    'jsonb'
    """
    if column.is_nested:
        return "jsonb"
    element = column.type.removesuffix("[]")
    decimal = _DECIMAL.fullmatch(element)
    kind = f"numeric({decimal[1]}, {decimal[2]})" if decimal else _TYPES[element]
    return kind + ("[]" if column.type.endswith("[]") else "")


def new_name(table: DescribedDelivery) -> str:
    """Return what a table is called until it takes the place of the former one."""
    return table.name + _NEW


def create(table: DescribedDelivery, schema: str) -> str:
    """Return the statement that makes the empty table; JSON arrives as text."""
    columns = ", ".join(
        f"{identifier(column.name)} {'text' if column.is_nested else type_of(column)}"
        for column in table.columns
    )
    return f"create table {schema}.{new_name(table)} ({columns})"


def finish(table: DescribedDelivery, schema: str) -> list[str]:
    """Return what makes a table that has its rows whole: types, keys, indexes, comments."""
    name = f"{schema}.{new_name(table)}"
    nested = [
        f"alter column {identifier(column.name)} type jsonb using {identifier(column.name)}::jsonb"
        for column in table.columns
        if column.is_nested
    ]
    return [
        *([f"alter table {name} {', '.join(nested)}"] if nested else []),
        f"alter table {name} add primary key ({_listed(table.delivery.key)})",
        *(f"create index on {name} ({_listed([column])})" for column in table.delivery.sought_by),
        *(
            f"alter table {name} add constraint {table.name}_{column}_fkey"
            f" foreign key ({_listed([column])}) references {schema}.{target}{_NEW}"
            for column, target in table.delivery.belongs_to
        ),
        f"comment on table {name} is {text(f'{table.comment} {MARK}'.strip())}",
        *(
            f"comment on column {name}.{identifier(column.name)} is {text(column.comment)}"
            for column in table.columns
            if column.comment
        ),
        f"analyze {name}",
    ]


def rename(table: DescribedDelivery, schema: str, indexes: list[str]) -> list[str]:
    """Return what gives a table, its indexes and so its keys the names without the suffix."""
    return [
        f"alter table {schema}.{new_name(table)} rename to {table.name}",
        *(
            f"alter index {schema}.{identifier(index)}"
            f" rename to {identifier(index.replace(_NEW, ''))}"
            for index in indexes
        ),
    ]


def identifier(name: str) -> str:
    """Return a name between quotes.

    Examples
    --------
    >>> identifier('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text between quotes, whatever `standard_conforming_strings` says.

    Examples
    --------
    >>> text("the store's")
    "'the store''s'"
    """
    quoted = "'" + value.replace("'", "''") + "'"
    return " E" + quoted.replace("\\", "\\\\") if "\\" in value else quoted


def _listed(columns: tuple[str, ...] | list[str]) -> str:
    return ", ".join(map(identifier, columns))
