"""The commands `export postgres` and `export redshift`: labels for other databases."""

from __future__ import annotations

from pathlib import Path

from pipeline.databases.bundle.writing import BundleTarget, write_bundle
from pipeline.databases.postgres.address import shown_address
from pipeline.databases.postgres.loading import load_postgres
from pipeline.runtime.progress import Reporter
from pipeline.warehouse.publication import published_path


def export_to_postgres(warehouse: Path, address: str, schema: str, reporter: Reporter) -> None:
    """Load the tables and say how many rows each has; errors as in `load_postgres`."""
    counts = load_postgres(published_path(warehouse), address, schema=schema, reporter=reporter)
    tables = ", ".join(f"{name} ({count:,})" for name, count in counts.items())
    reporter.say(f"In {shown_address(address)}, schema {schema}: {tables}.")


def export_to_bundle(warehouse: Path, target: BundleTarget, reporter: Reporter) -> None:
    """Write the files and say what to run; errors as in `write_bundle`."""
    count = write_bundle(published_path(warehouse), target)
    reporter.say(
        f"{count} files written to {target.place}: run its redshift.sql, snowflake.sql or"
        " bigquery.sql there."
    )
