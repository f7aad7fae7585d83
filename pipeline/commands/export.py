"""The `export` command: customers of the last publication into a file or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.exports.customers import export_customers
from pipeline.exports.request import Filters, Target
from pipeline.runtime.progress import Reporter


def export_to_file(
    warehouse: Path,
    filters: Filters,
    column_names: Sequence[str],
    target: Target,
    reporter: Reporter,
) -> None:
    """Write the customers who are meant, and say how many; errors as in `export_customers`."""
    count = export_customers(warehouse, filters, column_names, target)
    customers = "1 customer" if count == 1 else f"{count:,} customers"
    reporter.say(f"{customers} written to {target.path}, with a manifest.")
