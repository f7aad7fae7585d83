"""All facts of the exploration, gathered section by section from one compact copy of the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.reporting.exploration.compact_rows import EVENTS, USERS
from pipeline.reporting.exploration.explored_file import ExploredFile
from pipeline.reporting.exploration.scratch import scratch_tables
from pipeline.reporting.exploration.section import Facts, Rows, shown
from pipeline.reporting.exploration.sections import all_sections
from pipeline.runtime.progress import Reporter

#: Raised where a key is taken away or means something else; not where one is added.
SCHEMA_VERSION = 1

# event type -> column of the table of users
_COUNTED = {
    "view": "view_count",
    "cart": "cart_count",
    "remove_from_cart": "removal_count",
    "purchase": "purchase_count",
    "other": "other_count",
}


def gather_facts(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[ExploredFile],
    folder: Path,
    *,
    is_synthetic: bool,
    min_group_size: int,
    reporter: Reporter,
) -> Facts:
    """Read the view `staging.stg_events` once and answer every question from the copy.

    Parameters
    ----------
    connection : duckdb connection
        In which the view exists.
    files : sequence of ExploredFile
    folder : Path
        Existing private folder, in which the copy lives meanwhile.
    is_synthetic : bool
        Whether the rows were made up.
    min_group_size : int
        Smallest group of users that is shown.
    reporter : Reporter

    Raises
    ------
    PipelineError
        When the disk lacks room or the files cannot be read.
    """
    with scratch_tables(connection, folder, files, reporter):
        row_count = connection.execute(f"select count(*) from {EVENTS}").fetchall()[0][0]
        users = user_counts(connection)
        sections: dict[str, Any] = {}
        rows = Rows(connection, tuple(files), row_count, min_group_size, users, sections)
        found = all_sections()
        with reporter.stage("Exploring the rows", len(found), "steps") as stage:
            for section in found:
                sections[section.key] = section.gather(rows)
                stage.advance(1)
    return Facts(
        is_synthetic=is_synthetic,
        min_group_size=min_group_size,
        row_count=row_count,
        user_count=shown(users["all"], min_group_size),
        sections=sections,
    )


def user_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of users with any event (key `all`), and with one of each type."""
    sums = ", ".join(f"count(*) filter ({column} > 0)" for column in _COUNTED.values())
    row = connection.execute(f"select count(*), {sums} from {USERS}").fetchall()[0]
    return dict(zip(("all", *_COUNTED), row, strict=True))


def plain_data(facts: Facts) -> dict[str, Any]:
    """Return the facts as JSON can hold them, keys in a fixed order; see docs/json.md."""
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "is_synthetic": facts.is_synthetic,
        "min_group_size": facts.min_group_size,
        "row_count": facts.row_count,
        "user_count": facts.user_count,
    }
    for section in all_sections():
        data |= _plain(section.data(facts.sections[section.key]))
    return data


def _plain(value: Any) -> Any:
    """Write times as text in ISO 8601, and money as text with its two decimals."""
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, dt.date) else value
