"""The `campaign result` command: what a campaign changed, as tables on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from pipeline.campaigns.results import result_of
from pipeline.exports.customers import published
from pipeline.reporting.campaign_result.view import Measured, ResultTable, answer
from pipeline.runtime.project_settings import project_settings

# Where nobody looks at the width, nothing is folded.
_PIPE_WIDTH = 160
_NAMES = """
    select
        segment_id::text,
        case $1 when 'fr' then coalesce(last_segment_name_fr, last_segment_name)
            else last_segment_name end
    from marts.segment_registry
"""


def show_result(warehouse: Path, name: str, day_count: int | None, language: str) -> None:
    """Print buyers and revenue of treated and control, by segment and in all, and the balance.

    Raises
    ------
    InputError
        When there is no such campaign, or no day of it is in the data yet.
    """
    with published(warehouse) as connection:
        measured = _measured(connection, name, day_count, language)
    shown = answer(measured, language, project_settings().min_group_size)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    console.print(shown.title, soft_wrap=True)
    for table in shown.tables:
        console.print(_drawn(table))
    for remark in shown.remarks:
        console.print(remark, soft_wrap=True)


def _measured(
    connection: duckdb.DuckDBPyConnection, name: str, day_count: int | None, language: str
) -> Measured:
    known, table = result_of(connection, name, day_count)
    names = dict(connection.execute(_NAMES, [language]).fetchall())
    return Measured(known.name, known.starts_on, known.day_count, table.to_pylist(), names)


def _drawn(table: ResultTable) -> Table:
    drawn = Table(title=table.title, title_justify="left")
    first, *numbers, last = table.headings
    drawn.add_column(first)
    for heading in numbers:
        drawn.add_column(heading, justify="right", no_wrap=True)
    drawn.add_column(last, justify="right")
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
