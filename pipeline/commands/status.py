"""The `status` command: what is loaded, which model is current, how fresh it all is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.filesize import decimal
from rich.table import Table

from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import masked_line
from pipeline.runtime.project_settings import project_settings
from pipeline.runtime.screen import height, is_terminal, rendered, table
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import has_texts_of_users, open_warehouse
from pipeline.warehouse.load_log import known_files
from pipeline.warehouse.overview import FileFigures, LastRun, ModelFigures, overview, together
from pipeline.warehouse.publication import published_path

_LONGEST_EXAMPLE = 200
# Of 32 digits; enough to see which files are the same.
_FINGERPRINT_DIGITS = 12
# Lines of a screen that are not files: the facts, the frame of the table and the prompt.
_OTHER_LINES = 13
_FEWEST_FILES = 3
_FILES_IN_A_PIPE = 10

_REASONS = """
    select rejection_reason, count(*), min(line_number),
        arg_min([raw_line[1], user_id::text, session_id], coalesce(line_number, 0))
    from core.event_lines
    where rejection_reason is not null and source_file = ?
    group by rejection_reason
    order by count(*) desc, rejection_reason
"""


def show_status(settings: RunSettings) -> None:
    """Print on one screen what a warehouse holds: files, last run, model and publication.

    While a run is under way, it is what was published before.

    Raises
    ------
    InputError
        When there is no warehouse, or a run holds it and nothing is published.
    """
    found = overview(settings.warehouse)
    minimum = project_settings(overrides=settings.variables).min_group_size
    facts = {"warehouse": str(settings.warehouse)}
    if found.is_publication:
        facts["warehouse"] += " (in use: this is what was published before)"
    published = published_path(settings.warehouse)
    facts["published"] = str(published) if published.exists() else "nothing yet"
    facts["last run"] = _told_run(found.last_run, minimum)
    facts["model"] = _told_model(found.model)
    facts["files"] = _told_files(found.files)
    lines = [f"{name:10} {text}" for name, text in facts.items()]
    _print(*lines, *_latest_files(found.files))


def show_files(settings: RunSettings) -> None:
    """Print all that the ledger knows of every loaded file; errors as in `show_status`."""
    files = overview(settings.warehouse).files
    if not files:
        _print("No file is loaded.")
        return
    _print(_ledger(files), "", _contents(files))


def show_file(settings: RunSettings, name: str) -> None:
    """Print why lines of one loaded file were refused, with an example each; ids are hidden.

    Raises
    ------
    InputError
        When there is no warehouse, a run holds it, or it has no such file.
    """
    with open_warehouse(settings.warehouse) as connection:
        if name not in known_files(connection):
            raise InputError(
                f"No file {name} is loaded: `python run_pipeline.py status --files` lists the"
                " names."
            )
        rows = connection.execute(_REASONS, [name]).fetchall()
        are_users_texts = has_texts_of_users(connection)
    if not rows:
        _print(f"{name}: no line was refused.")
        return
    shown = []
    for reason, count, line_number, (raw_line, user, session) in rows:
        user_id = int(user) if user else None
        example = masked_line(raw_line or "", user_id, session, are_users_texts=are_users_texts)
        # Unknown after a run that died before lines were numbered.
        first = "" if line_number is None else f"{line_number:,}"
        shown.append((reason, f"{count:,}", first, example[:_LONGEST_EXAMPLE]))
    _print(
        table(
            ("reason", "lines", "first", "the line, with ids hidden"),
            shown,
            text_columns=(0, 3),
            title=f"Refused lines of {name}",
        )
    )


def _print(*parts: Table | str) -> None:
    print(rendered(*parts), end="", flush=True)


def _told_run(run: LastRun | None, minimum: int) -> str:
    if run is None:
        return "none has ended"
    users = f"{run.user_count:,}"
    if 0 < run.user_count < minimum:
        users = f"fewer than {minimum}"
    gaps = f", {run.gap_count:,} days without logging" if run.gap_count else ""
    files = "1 new file" if run.new_file_count == 1 else f"{run.new_file_count:,} new files"
    return f"{run.started_at:%Y-%m-%d %H:%M} UTC, {files}; {users} users{gaps}"


def _told_model(model: ModelFigures | None) -> str:
    if model is None:
        return "none is trained"
    drifted = f", {len(model.drifted_features)} features drifted" if model.drifted_features else ""
    return (
        f"Model version {model.version}: {model.segment_count} segments from"
        f" {model.training_user_count:,} users, data before {model.as_of:%Y-%m-%d},"
        f" trained {model.trained_at:%Y-%m-%d %H:%M} UTC{drifted}"
    )


def _told_files(files: list[FileFigures]) -> str:
    if not files:
        return "No file is loaded."
    every = together(files)
    return (
        f"{len(files):,} with {every.line_count:,} lines: {every.kept_count:,} kept,"
        f" {every.duplicate_count:,} repeated, {every.rejected_count:,} refused;"
        f" revenue {every.kept_revenue:,.2f} kept, {every.refused_revenue:,.2f} refused"
    )


def _latest_files(files: list[FileFigures]) -> Iterator[Table | str]:
    """Give the files with the latest events, as many as the screen has room for."""
    if not files:
        return
    room = max(height() - _OTHER_LINES, _FEWEST_FILES) if is_terminal() else _FILES_IN_A_PIPE
    rows = [
        (
            file.source_file,
            f"{file.line_count:,}",
            f"{file.kept_count:,}",
            f"{file.rejected_count:,}",
            _day(file.last_event_at),
        )
        for file in files[-room:]
    ]
    yield table(("file", "lines", "kept", "refused", "last event"), rows)
    if len(files) > room:
        yield f"and {len(files) - room:,} earlier files: `status --files` lists them all."


def _ledger(files: list[FileFigures]) -> Table:
    headings = (
        "file", "lines", "kept", "duplicates", "rejected", "revenue", "refused revenue",
        "of unknown type", "first event", "last event",
    )  # fmt: skip
    rows = [
        (
            file.source_file,
            *(
                f"{count:,}"
                for count in (
                    file.line_count,
                    file.kept_count,
                    file.duplicate_count,
                    file.rejected_count,
                )
            ),
            f"{file.kept_revenue:,.2f}",
            f"{file.refused_revenue:,.2f}",
            f"{file.refused_amount_of_unknown_type:,.2f}",
            _day(file.first_event_at),
            _day(file.last_event_at),
        )
        for file in (*files, together(files))
    ]
    return table(headings, rows, title="Loaded files", has_total=True)


def _contents(files: list[FileFigures]) -> Table:
    """Return what the files are, in a table of its own: one with all columns fits no terminal."""
    rows = [
        (
            file.source_file,
            decimal(file.size_bytes),
            file.fingerprint[:_FINGERPRINT_DIGITS],
            f"{file.loaded_at:%Y-%m-%d %H:%M}",
        )
        for file in files
    ]
    return table(("file", "size", "fingerprint", "loaded (UTC)"), rows)


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
