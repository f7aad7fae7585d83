"""The `explore` command: a report on the raw files alone, in a scratch warehouse."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.commands.proposals import mapped_columns, propose_settings
from pipeline.dbt_runner.invocation import run_dbt
from pipeline.ingest.files_to_load import FileToLoad, files_to_load
from pipeline.ingest.headers import LackingColumnsError, NoTableError
from pipeline.ingest.inflated_files import read_inflated
from pipeline.ingest.session import session
from pipeline.reporting.exploration import ExploredFile, write_exploration
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import likely_event_types, project_settings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import open_warehouse


def explore(settings: RunSettings, reporter: Reporter) -> None:
    """Describe every raw file, loaded or not; the warehouse is neither read nor written.

    Where the columns of a file are not known, settings are proposed instead.

    Raises
    ------
    InputError
        When there is no file, one of them cannot be read as events, or a setting is wrong.
    """
    with session():
        _explore(settings, reporter)


def _explore(settings: RunSettings, reporter: Reporter) -> None:
    project = project_settings(overrides=settings.variables)
    try:
        files = files_to_load(
            settings.datasets, {}, variables=settings.variables, reporter=reporter
        )
    except (NoTableError, LackingColumnsError) as error:
        if propose_settings(settings, reporter):
            return
        raise error
    if not files:
        raise InputError(f"There is no event file in {settings.datasets} to explore.")
    likely = likely_event_types()
    explored = [_explored(entry, likely) for entry in files]
    with tempfile.TemporaryDirectory(dir=_scratch_root(settings)) as folder:
        scratch = replace(settings, warehouse=Path(folder) / "exploration.duckdb")
        # The views of the staging layer hold the rules; a second copy here would diverge.
        command = ["run", "--select", "path:dbt_project/models/staging"]
        result = run_dbt(command, scratch, reporter=reporter, title="Preparing the views")
        if result.error:
            raise PipelineError(result.error)
        with open_warehouse(scratch.warehouse, read_only=False) as connection:
            read_inflated(connection)
            written = write_exploration(
                connection,
                explored,
                settings.reports / "exploration",
                language=settings.language,
                is_synthetic=settings.is_synthetic,
                min_group_size=project.min_group_size,
                reporter=reporter,
            )
    reporter.say(f"The exploration is {written.html}.")


def _explored(entry: FileToLoad, likely: Mapping[str, list[str]]) -> ExploredFile:
    """Return what is known of a file before any row is parsed."""
    positions = entry.layout.positions
    return ExploredFile(
        entry.file.source_file,
        entry.file.size_bytes,
        entry.inspection.line_count,
        (*sorted(positions, key=positions.__getitem__), *entry.layout.extra_columns),
        mapped_columns(entry, likely),
    )


def _scratch_root(settings: RunSettings) -> Path:
    """Scratch files may be large: they belong on the disk of the warehouse."""
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    return settings.warehouse.parent
