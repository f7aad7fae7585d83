"""Who is exported: filters as a condition over the published view of customers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb

from pipeline.exports.conditions import checked_condition, no_column
from pipeline.exports.request import DEFAULT_COLUMNS, Filters
from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import relation_exists

#: The view that everything is read from.
CUSTOMERS = "marts.customers"
#: Who objects to being profiled is on no list (Art. 21), nor on one that was drawn before.
NO_OBJECTION = "unsegmented_reason is distinct from 'objected'"
_SEGMENTS = """
    select segment_id, any_value(segment_name), list(distinct lower(name))
    from (
        select segment_id, segment_name, segment_name as name from marts.current_segment_model
        union all by name
        select segment_id, any_value(model.segment_name) as segment_name, texts.segment_name as name
        from marts.current_segment_model as model
        inner join marts.segment_texts as texts using (segment_id, model_version)
        group by segment_id, texts.segment_name
    )
    group by segment_id
    order by segment_id
"""


def published_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the columns of `marts.customers` with their types, in their order.

    Raises
    ------
    InputError
        When an earlier version published the file.
    """
    if not relation_exists(connection, "marts", "customers"):
        raise InputError(
            "An earlier version published this warehouse: run `python run_pipeline.py` first."
        )
    return {name: kind for name, kind, *_ in connection.execute(f"describe {CUSTOMERS}").fetchall()}


def chosen_columns(names: Sequence[str], columns: Collection[str]) -> tuple[str, ...]:
    """Return the names of the columns to write, or the usual ones where none are named.

    Raises
    ------
    InputError
        When there is no such column, or one is named twice.
    """
    if not names:
        return DEFAULT_COLUMNS
    chosen = tuple(name.strip().lower() for name in names)
    for name in chosen:
        if name not in columns:
            raise InputError(f"--columns names {name}, {no_column(name, columns)}")
    if len(set(chosen)) < len(chosen):
        raise InputError("--columns names a column twice: name each once.")
    return chosen


def condition_of(connection: duckdb.DuckDBPyConnection, filters: Filters) -> str:
    """Return the filters as one condition in SQL over `marts.customers`.

    Raises
    ------
    InputError
        When there is no such segment, saying which there are, or `where` is not to be executed.
    """
    parts = [NO_OBJECTION]
    if filters.segments:
        ids = segment_ids(connection, filters.segments)
        parts.append(f"segment_id in ({', '.join(map(str, ids))})")
    if filters.states:
        states = ", ".join(f"'{state}'" for state in filters.states)
        parts.append(f"lifecycle_state in ({states})")
    if filters.min_confidence is not None:
        parts.append(f"confidence >= {filters.min_confidence!r}")
    if filters.where is not None:
        parts.append(f"({checked_condition(filters.where, published_columns(connection))})")
    return " and ".join(parts)


def segment_ids(connection: duckdb.DuckDBPyConnection, segments: Sequence[str]) -> list[int]:
    """Return the ids of segments of the current model that are named, in order.

    Raises
    ------
    InputError
        When one does not exist.
    """
    known = connection.execute(_SEGMENTS).fetchall()
    by_name = {name: found for found, _, names in known for name in names}
    by_name |= {str(found): found for found, *_ in known}
    for segment in segments:
        if segment.strip().lower() not in by_name:
            there = ", ".join(f"{found} ({name})" for found, name, _ in known) or "none at all"
            raise InputError(f"There is no segment {segment}: there are {there}.")
    return sorted({by_name[segment.strip().lower()] for segment in segments})
