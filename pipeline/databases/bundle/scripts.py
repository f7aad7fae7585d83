"""What the SQL of all warehouses is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.databases.bundle.parts import Part
from pipeline.databases.deliveries import Column, DescribedDelivery

_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True)
class Load:
    """What is to be loaded: the tables with their parts, into which schema, from where."""

    schema: str
    location: str
    tables: Mapping[DescribedDelivery, Sequence[Part]]


def sql_type(column: Column, names: Mapping[str, str], *, decimal: str, text: str) -> str:
    """Return the type of a column in the words of a warehouse; what is no plain value is text.

    Parameters
    ----------
    column : Column
    names : mapping of str to str
        What DuckDB's types are called there.
    decimal : str
        How a decimal is called, without its precision.
    text : str
        The type of texts, lists and JSON.

    Examples
    --------
    >>> sql_type(Column("a", "DECIMAL(18,2)", ""), {}, decimal="numeric", text="string")
    'numeric(18, 2)'
    >>> sql_type(Column("a", "DOUBLE[]", ""), {"DOUBLE": "double"}, decimal="numeric", text="text")
    'text'
    """
    found = _DECIMAL.fullmatch(column.type)
    return f"{decimal}({found[1]}, {found[2]})" if found else names.get(column.type, text)


def quoted(text: str, *, with_backslashes: bool = False) -> str:
    r"""Return a text between quotes.

    Examples
    --------
    >>> quoted("the store's"), quoted("the store's", with_backslashes=True)
    ("'the store''s'", "'the store\\'s'")
    """
    if with_backslashes:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + text.replace("'", "''") + "'"


def is_by_user(table: DescribedDelivery) -> bool:
    """Tell whether a table has a row of every customer; the others are small."""
    return table.delivery.key == ("user_id",)


def listed(definitions: Sequence[str]) -> str:
    """Return the definitions of columns, one a line."""
    return "(\n    " + ",\n    ".join(definitions) + "\n)"
