"""The `status` command: what is loaded, which model is current, how fresh it all is."""

from __future__ import annotations

import sys

import duckdb
from rich.console import Console
from rich.filesize import decimal
from rich.table import Column, Table
from rich.text import Text

from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import masked_line
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import has_texts_of_users, open_warehouse, relation_exists
from pipeline.warehouse.load_log import known_files
from pipeline.warehouse.publication import published_path

# Where nobody looks at the width, nothing is folded.
_PIPE_WIDTH = 140
_LONGEST_EXAMPLE = 200

# Of 32 digits; enough to see which files are the same.
_FINGERPRINT_DIGITS = 12

_LEDGER = """
    select source_file, line_count, kept_count, duplicate_count, rejected_count, kept_revenue,
        refused_revenue, refused_amount_of_unknown_type, first_event_at, last_event_at
    from core.loaded_files
    order by first_event_at nulls last, source_file
"""
_FILES = """
    select source_file, size_bytes, fingerprint, loaded_at
    from core.loaded_files
    order by first_event_at nulls last, source_file
"""
_REASONS = """
    select rejection_reason, count(*), min(line_number),
        arg_min([raw_line[1], user_id::text, session_id], coalesce(line_number, 0))
    from core.event_lines
    where rejection_reason is not null and source_file = ?
    group by rejection_reason
    order by count(*) desc, rejection_reason
"""
_MODEL = """
    select any_value(model_version), count(*), any_value(training_user_count), any_value(as_of),
        any_value(trained_at)
    from marts.current_segment_model
"""


def show_status(settings: RunSettings) -> None:
    """Print the ledger, the current model and the publication of a warehouse.

    Raises
    ------
    InputError
        When there is no warehouse, or a run holds it.
    """
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    with open_warehouse(settings.warehouse) as connection:
        console.print(f"Warehouse {settings.warehouse}", soft_wrap=True)
        _show_ledger(connection, console)
        _show_files(connection, console)
        _show_model(connection, console)
    published = published_path(settings.warehouse)
    state = str(published) if published.exists() else "nothing yet"
    console.print(f"Published for readers: {state}", soft_wrap=True)


def show_file(settings: RunSettings, name: str) -> None:
    """Print why lines of one loaded file were refused, with an example each; ids are hidden.

    Raises
    ------
    InputError
        When there is no warehouse, a run holds it, or it has no such file.
    """
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    with open_warehouse(settings.warehouse) as connection:
        loaded = known_files(connection)
        if name not in loaded:
            raise InputError(
                f"No file {name} is loaded: `python run_pipeline.py status` lists the names."
            )
        rows = connection.execute(_REASONS, [name]).fetchall()
        are_users_texts = has_texts_of_users(connection)
    if not rows:
        console.print(f"{name}: no line was refused.", soft_wrap=True)
        return
    table = Table(title=f"Refused lines of {name}", title_justify="left")
    table.add_column("reason", no_wrap=True)
    table.add_column("lines", justify="right", no_wrap=True)
    table.add_column("first", justify="right", no_wrap=True)
    table.add_column("the line, with ids hidden", overflow="fold")
    for reason, count, line_number, (raw_line, user, session) in rows:
        user_id = int(user) if user else None
        example = masked_line(raw_line or "", user_id, session, are_users_texts=are_users_texts)
        # Unknown after a run that died before lines were numbered.
        first = "" if line_number is None else f"{line_number:,}"
        table.add_row(reason, f"{count:,}", first, Text(example[:_LONGEST_EXAMPLE]))
    console.print(table)


def _show_ledger(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    if not relation_exists(connection, "core", "loaded_files"):
        console.print("No file is loaded.")
        return
    rows = connection.execute(_LEDGER).fetchall()
    table = Table(Column("file", overflow="fold"), title="Loaded files", title_justify="left")
    for name in ("lines", "kept", "duplicates", "rejected"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("revenue", "refused revenue", "of unknown type"):
        table.add_column(name, justify="right")
    for name in ("first event", "last event"):
        table.add_column(name, no_wrap=True)
    for name, *figures_of_file, first, last in rows:
        figures = [f"{count:,}" for count in figures_of_file[:4]]
        revenues = [f"{amount:,.2f}" for amount in figures_of_file[4:]]
        days = [f"{moment:%Y-%m-%d}" if moment else "" for moment in (first, last)]
        table.add_row(name, *figures, *revenues, *days)
    totals = [f"{sum(row[place] for row in rows):,}" for place in range(1, 5)]
    totals += [f"{sum(row[place] for row in rows):,.2f}" for place in (5, 6, 7)]
    table.add_row("all", *totals, "", "", style="bold")
    console.print(table)


def _show_files(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print what the files are, in a table of its own: one with all columns fits no terminal."""
    if not relation_exists(connection, "core", "loaded_files"):
        return
    table = Table(Column("file", overflow="fold"))
    table.add_column("size", justify="right", no_wrap=True)
    for name in ("fingerprint", "loaded (UTC)"):
        table.add_column(name, no_wrap=True)
    for name, size, fingerprint, loaded in connection.execute(_FILES).fetchall():
        digits = fingerprint[:_FINGERPRINT_DIGITS]
        table.add_row(name, decimal(size), digits, f"{loaded:%Y-%m-%d %H:%M}")
    console.print(table)


def _show_model(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    if not relation_exists(connection, "marts", "segment_model"):
        console.print("No model is trained.")
        return
    if not relation_exists(connection, "marts", "current_segment_model"):
        console.print("An earlier version trained the model: the next run shows it here.")
        return
    version, segments, users, as_of, trained_at = connection.execute(_MODEL).fetchall()[0]
    if version is None:
        console.print("No model is trained.")
        return
    console.print(
        f"Model version {version}: {segments} segments from {users:,} users,"
        f" data before {as_of:%Y-%m-%d}, trained {trained_at:%Y-%m-%d %H:%M} UTC",
        soft_wrap=True,
    )
