"""Rows of both engines beside each other: equal, doubles within 1e-9."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa

#: How far a double may lie from the other, in parts of it, or of 1 where it is smaller.
TOLERANCE = 1e-9


def differences(first: pa.Table, second: pa.Table) -> list[str]:
    """Say where two tables differ, whatever the order of their rows; nothing where they do not.

    Rows are put beside each other by all that is no double, and by doubles where that is equal.

    Examples
    --------
    >>> differences(pa.table({"a": [1.0, 2.0]}), pa.table({"a": [2.0, 1.0 + 1e-12]}))
    []
    >>> differences(pa.table({"a": [1.0]}), pa.table({"a": [1.1]}))
    ['a: 1.0 and 1.1']
    """
    if set(first.column_names) != set(second.column_names):
        return [f"columns: {sorted(set(first.column_names) ^ set(second.column_names))}"]
    if first.num_rows != second.num_rows:
        return [f"rows: {first.num_rows} and {second.num_rows}"]
    names = first.column_names
    rows = [
        sorted(
            (_plain(tuple(row[name] for name in names)) for row in table.to_pylist()), key=_place
        )
        for table in (first, second)
    ]
    return [
        f"{name}: {one} and {other}"
        for former, latter in zip(*rows, strict=True)
        for name, one, other in zip(names, former, latter, strict=True)
        if not _is_close(one, other)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((name, _plain(each)) for name, each in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(_plain(each) for each in value)
    return value


def _place(row: tuple) -> tuple[list[str], list[str]]:
    parts = list(_parts(row))
    return (
        [str(part) for part in parts if not isinstance(part, float)],
        [f"{part:.6g}" for part in parts if isinstance(part, float)],
    )


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for each in value:
            yield from _parts(each)
    else:
        yield value


def _is_close(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_close, one, other))
    if isinstance(one, float) and isinstance(other, float | int | Decimal):
        return abs(one - float(other)) <= TOLERANCE * max(1.0, abs(one))
    return bool(one == other)
