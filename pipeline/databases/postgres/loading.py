"""The load: Arrow batches from DuckDB to COPY, all tables in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.databases.deliveries import DescribedDelivery, described_deliveries, rows_of
from pipeline.databases.postgres.address import checked_address, checked_schema
from pipeline.databases.postgres.exchange import check_ours, exchange
from pipeline.databases.postgres.session import Session, session
from pipeline.databases.postgres.statements import create, finish, new_name, text
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import Reporter
from pipeline.warehouse.connection import open_warehouse

_BATCH_ROWS = 50_000


def load_postgres(
    published: Path, address: str, *, schema: str, reporter: Reporter
) -> Mapping[str, int]:
    """Put labels, profiles, features, states, model and ledger into a PostgreSQL database.

    Readers there see the former tables until all new ones are whole, then those. Whatever ends the
    load before leaves the former ones, and nothing else.

    Parameters
    ----------
    published : Path
        The published file.
    address : str
        A URL or `service=NAME`, without a password.
    schema : str
        Created if missing.

    Returns
    -------
    mapping of str to int
        The number of rows by table.

    Raises
    ------
    InputError
        When the address, the schema or the publication cannot be used; nothing was touched.
    PipelineError
        When the load failed; the former tables are as they were.
    """
    checked_address(address)
    checked_schema(schema)
    with open_warehouse(published) as source:
        tables = described_deliveries(source)
        with session(address) as target:
            _begin(target, schema, tables)
            counts = {table.name: _copy(source, target, schema, table) for table in tables}
            reporter.say(f"{sum(counts.values()):,} rows are copied; now keys and indexes.")
            for table in tables:
                for statement in finish(table, schema):
                    target.execute(statement)
            exchange(target, schema, tables)
            target.commit()
    return counts


def _begin(target: Session, schema: str, tables: tuple[DescribedDelivery, ...]) -> None:
    """Make sure that nobody else is loading, and that what is there is ours."""
    lock = text(f"customer segments in {schema}")
    if not target.rows(f"select pg_try_advisory_xact_lock(hashtext({lock}))")[0][0]:
        raise InputError(
            f"Another export is loading into the schema {schema}: wait until it has ended."
        )
    check_ours(target, schema, tables)
    if not target.rows(f"select to_regnamespace({text(schema)}) is not null")[0][0]:
        target.execute(f"create schema {schema}")


def _copy(
    source: duckdb.DuckDBPyConnection, target: Session, schema: str, table: DescribedDelivery
) -> int:
    target.execute(create(table, schema))
    rows = source.sql(rows_of(table)).to_arrow_reader(_BATCH_ROWS)
    return target.ingest(schema, new_name(table), rows)
