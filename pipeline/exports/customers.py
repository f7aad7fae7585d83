"""The export of customers from the published file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline.exports.audience import (
    CUSTOMERS,
    chosen_columns,
    condition_of,
    published_columns,
)
from pipeline.exports.manifest import manifest_of
from pipeline.exports.placing import check_target, placed
from pipeline.exports.request import Filters, Target
from pipeline.exports.writing import write_rows
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.shortages import shortage
from pipeline.warehouse.publication import open_published, published_path

# Ten million customers need no more, and the process then stays below a gigabyte:
# `benchmarks/results/exports.md`.
_DATABASE_MEMORY = "500MiB"
# A text compared with a number, a number that is too large: only the condition can be at fault.
_WRONG_CONDITIONS = (duckdb.BinderException, duckdb.ConversionException, duckdb.OutOfRangeException)


@dataclass(frozen=True)
class Selection:
    """What is written: rows of `relation` that fit a condition, with columns of it."""

    relation: str
    condition: str
    columns: dict[str, str]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The rows, in no order that is promised: large joins are made in parts."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f"select {names} from {self.relation} where {self.condition}"


@contextmanager
def published(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the publication of a warehouse; a run that replaces it meanwhile changes nothing here.

    Raises
    ------
    InputError
        When nothing was published yet, or the file cannot be read.
    """
    with open_published(warehouse) as connection:
        connection.execute(f"set memory_limit = '{_DATABASE_MEMORY}'")
        yield connection


def export_customers(
    warehouse: Path, filters: Filters, column_names: Sequence[str], target: Target
) -> int:
    """Write the customers for whom the filters hold, and return how many they are.

    Raises
    ------
    InputError
        When nobody is meant, a segment, column or condition is wrong, or something is in the way.
    PipelineError
        When writing fails; what was there before stays.
    """
    check_target(target, warehouse, published_path(warehouse))
    with published(warehouse) as connection:
        columns = published_columns(connection)
        names = chosen_columns(column_names, columns)
        if target.is_by_segment and "segment_id" not in names:
            names = ("segment_id", *names)
        chosen = {name: columns[name] for name in names}
        selection = Selection(CUSTOMERS, condition_of(connection, filters), chosen)
        return write_selection(connection, selection, filters, target)


def write_selection(
    connection: duckdb.DuckDBPyConnection, selection: Selection, filters: Filters, target: Target
) -> int:
    """Write rows of the publication, whole or not at all; errors as in `export_customers`."""
    try:
        with placed(target) as (path, write_manifest):
            count = write_rows(connection, selection.query, selection.columns, target, path)
            if not count:
                raise InputError("No customer is meant by these filters: nothing was written.")
            write_manifest(
                manifest_of(
                    connection, path, target, selection.columns, count, filters, selection.more
                )
            )
    except _WRONG_CONDITIONS as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"--where {filters.where!r} cannot be computed ({reason}).") from error
    except (duckdb.Error, OSError) as error:
        raise PipelineError(_why(error, target)) from error
    return count


def _why(error: Exception, target: Target) -> str:
    text = str(error).splitlines()[0]
    return shortage(str(error), f"writing {target.path}") or (
        f"{target.path} cannot be written ({text}): check the folder's rights and the free space."
    )
