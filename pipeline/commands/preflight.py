"""What is looked at before anything is written: warehouse, ledger, files and memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.commands.engine import check_engines
from pipeline.commands.erasures import end_erasure, remove_what_is_not_kept
from pipeline.dbt_runner.invocation import DbtPreparation
from pipeline.ingest.files_to_load import FileToLoad, look_at_files, note_changed_metadata
from pipeline.ingest.manifests import UNPACKED
from pipeline.ingest.number_formats import POINT_ALONE
from pipeline.privacy.functions import check_key
from pipeline.privacy.keys import secret_keys
from pipeline.privacy.modes import open_to_others
from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import check_limit
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import ProjectSettings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import check_warehouse, kept_open, open_warehouse
from pipeline.warehouse.load_log import KnownFile, known_files


def look_before_build(
    settings: RunSettings,
    project: ProjectSettings,
    reporter: Reporter,
    preparation: DbtPreparation,
) -> tuple[list[FileToLoad], dict[str, KnownFile]]:
    """Look at the warehouse and at every new file before anything is built.

    Erasures that were begun are ended, and what is no longer kept is removed.

    Returns
    -------
    tuple
        The files to load, and what the ledger knows, by the name of the file.

    Raises
    ------
    InputError
        When the warehouse, a file or a name to forget is not what it should be.
    """
    with kept_open(settings.warehouse, read_only=False):
        check_warehouse(settings.warehouse)
        check_engines(settings)
        end_erasure(settings, reporter)
        remove_what_is_not_kept(settings, project, reporter)
        check_key(settings.warehouse)
        known = ledger_of(settings)
    _check_forgotten(settings, known)
    files, changed = look_at_files(
        settings.datasets,
        known,
        reads_all=settings.full_refresh,
        variables=settings.variables,
        reporter=reporter,
        meanwhile=preparation.start,
    )
    _check_not_unpacked_again(settings)
    if not files and not known:
        raise InputError(
            f"There is no event file in {settings.datasets}:"
            " put CSV, Parquet or an archive of them there."
        )
    if changed:
        with open_warehouse(settings.warehouse, read_only=False) as connection:
            note_changed_metadata(connection, changed)
    _tell_ignored_columns(files, reporter)
    _tell_number_formats(files, reporter)
    if not known and not secret_keys():
        reporter.say(
            "The ids of the shop are kept as they are: set AMAZING_KEY for pseudonyms, see"
            " docs/privacy.md."
        )
    if open_files := open_to_others(settings.warehouse, settings.reports):
        reporter.say(
            f"Warning: others can read {', '.join(open_files)}: run `chmod go= ` on these, or on"
            " the folder."
        )
    return files, known


def check_memory(
    settings: RunSettings, files: Sequence[FileToLoad], known: Mapping[str, KnownFile]
) -> None:
    """Make sure that the memory suffices for the lines that will be there, before any is loaded.

    On Spark they lie on other machines, or wait in the lake.

    Raises
    ------
    InputError
        With the memory that would suffice.
    """
    if settings.engine == "spark":
        return
    line_counts = {name: file.line_count for name, file in known.items()}
    line_counts |= {entry.file.source_file: entry.inspection.line_count for entry in files}
    forgotten = set(settings.forget_files)
    staying = [count for name, count in line_counts.items() if name not in forgotten]
    check_limit(settings.memory_limit, sum(staying))


def ledger_of(settings: RunSettings) -> dict[str, KnownFile]:
    """Return what the ledger of the warehouse knows, nothing where there is no warehouse."""
    if not settings.warehouse.exists():
        return {}
    with open_warehouse(settings.warehouse) as connection:
        return known_files(connection)


def _check_forgotten(settings: RunSettings, known: Mapping[str, KnownFile]) -> None:
    """Make sure that files to forget are loaded, and would not come back in the same run."""
    for name in settings.forget_files:
        if name not in known:
            raise InputError(
                f"No file {name} is loaded: `python run_pipeline.py status --files` lists the"
                " names."
            )
        # What was unpacked is looked for when the archives are there as they are now.
        if not name.startswith(f"{UNPACKED}/") and (settings.datasets / name).exists():
            raise InputError(
                f"{name} is still in {settings.datasets}, so it would be loaded again:"
                " remove it first."
            )


def _check_not_unpacked_again(settings: RunSettings) -> None:
    """Make sure that no file to forget has come out of its archive, in this run or before."""
    for name in settings.forget_files:
        if (settings.datasets / name).exists():
            raise InputError(
                f"{name} is still in {settings.datasets}, or in its archive there, so it would be"
                " loaded again: remove it from both first."
            )


def _tell_ignored_columns(files: Sequence[FileToLoad], reporter: Reporter) -> None:
    for entry in files:
        if entry.layout.extra_columns:
            names = ", ".join(entry.layout.extra_columns)
            reporter.say(f"{entry.file.source_file}: ignoring the columns {names}.")


def _tell_number_formats(files: Sequence[FileToLoad], reporter: Reporter) -> None:
    for entry in files:
        written = entry.number_format
        if written != POINT_ALONE:
            example = f"1{written.thousands_mark or ''}299{written.decimal_mark}00"
            reporter.say(f"{entry.file.source_file}: prices are written like {example}.")
