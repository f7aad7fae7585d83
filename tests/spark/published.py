"""Whether two engines publish the same."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.spark.close_rows import differences

# When something was done; and queries in the language of an engine.
_LEFT_OUT = {"trained_at", "started_at", "run_started_at", "loaded_at", "first_loaded_at"}
_OF_AN_ENGINE = {"ops.scoring_queries"}


def differences_of_published(first: Path, second: Path) -> dict[str, list[str]]:
    """Say of each relation that both publish where they differ."""
    names, found = [], {}
    for path in (first, second):
        with duckdb.connect(str(path), read_only=True) as connection:
            names.append(_relations(connection))
    assert names[0] == names[1]
    with (
        duckdb.connect(str(first), read_only=True) as one,
        duckdb.connect(str(second), read_only=True) as other,
    ):
        for name in names[0] - _OF_AN_ENGINE:
            tables = [each.sql(f"from {name}").to_arrow_table() for each in (one, other)]
            dropped = list(_LEFT_OUT & set(tables[0].column_names))
            found[name] = differences(*(table.drop_columns(dropped) for table in tables))
    return {name: there[:3] for name, there in found.items() if there}


def _relations(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.sql(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('core', 'marts', 'ops')"
    ).fetchall()
    return {name for (name,) in rows}
