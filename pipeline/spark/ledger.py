"""What the ledger of a lake knows of the files that were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.warehouse.load_log import KnownFile

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOADS = "ops.file_loads"


def known_files(session: SparkSession) -> dict[str, KnownFile]:
    """Return what the ledger says by file name; empty where there is no ledger yet."""
    if not session.catalog.tableExists(_LOADS):
        return {}
    rows = session.sql(
        "select source_file, size_bytes, modified_at_ns, fingerprint, line_count, first_loaded_at,"
        f" future_from, has_lines_in_future, lookups_fingerprint from {_LOADS}"
        f" where version = (select max(version) from {_LOADS})"
    ).collect()
    return {name: KnownFile(*facts) for name, *facts in rows}
