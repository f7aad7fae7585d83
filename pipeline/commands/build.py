"""The commands that build: from files to features, from features to segments, to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.commands.after_run import do_after_run
from pipeline.commands.closing import close
from pipeline.commands.dbt_build import FROM_FEATURES, TO_FEATURES, build_selected
from pipeline.commands.docs import write_docs
from pipeline.commands.engine import check_engines
from pipeline.commands.erasures import end_erasure
from pipeline.commands.made_features import check_features, date_of_features
from pipeline.commands.preflight import check_memory, ledger_of, look_before_build
from pipeline.commands.report import write_reports
from pipeline.commands.summary import (
    tell_refusals,
    tell_totals,
    warn_of_gaps,
    warn_of_lost_money,
)
from pipeline.dbt_runner.invocation import DbtPreparation
from pipeline.ingest.files_to_load import FileToLoad, has_inputs
from pipeline.ingest.session import session
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import ProjectSettings, project_settings
from pipeline.runtime.settings import DEFAULT_DATASETS, RunSettings
from pipeline.warehouse.connection import kept_open, open_warehouse, relation_exists
from pipeline.warehouse.load_log import KnownFile
from pipeline.warehouse.lock import run_lock
from pipeline.warehouse.publication import (
    Publication,
    publication_of,
    publish,
    published_path,
    published_state,
)
from pipeline.warehouse.state import (
    is_report_of,
    note_report,
    note_state_of_features,
    state_of,
    state_of_features,
)


def has_nothing_to_do(settings: RunSettings) -> bool:
    """Tell whether there is neither an input file nor one that was loaded earlier."""
    if settings.datasets != DEFAULT_DATASETS or has_inputs(settings.local_datasets):
        return False
    if not settings.warehouse.exists():
        return True
    with run_lock(settings.warehouse):
        return not ledger_of(settings)


def run(settings: RunSettings, reporter: Reporter) -> None:
    """Do everything: files to features, segments, publication and report.

    Raises
    ------
    InputError
        When a file, the warehouse or a setting is wrong, or another run is under way; nothing was
        touched.
    PipelineError
        When a step fails; what was published before stays.
    QualityError
        When an error-level data test fails; what was published before stays.
    AfterRunError
        When a step of `after_run` fails; what was published stays.
    """
    steps = project_settings(overrides=settings.variables).after_run
    with run_lock(settings.warehouse), session():
        has_published = run_locked(settings, reporter)
    # Without the lock: a step may need it.
    if has_published:
        do_after_run(steps, settings.warehouse, reporter)


def run_locked(settings: RunSettings, reporter: Reporter) -> bool:
    """Do what `run` does but its last steps, and tell whether something new was published.

    For a caller who holds the lock of the warehouse; errors as in `run`.
    """
    project = project_settings(overrides=settings.variables)
    preparation = DbtPreparation(settings)
    files, known = look_before_build(settings, project, reporter, preparation)
    if not files and _is_built(settings, known):
        _report_again(settings, project, reporter)
        return False
    state = _build_features(settings, project, (), reporter, files, known, preparation)
    _finish(settings, project, reporter, state)
    return True


def etl(settings: RunSettings, reporter: Reporter) -> None:
    """Load the files and compute the features of every user; errors as in `run`."""
    with run_lock(settings.warehouse), session():
        _etl(settings, reporter)


def _etl(settings: RunSettings, reporter: Reporter) -> None:
    project = project_settings(overrides=settings.variables)
    preparation = DbtPreparation(settings)
    files, known = look_before_build(settings, project, reporter, preparation)
    asks_for_more = settings.full_refresh or settings.forget_files
    if not (files or asks_for_more) and state_of_features(settings.warehouse) == state_of(
        settings, known
    ):
        reporter.say("Nothing new since the last run: the features are as they were.")
        return
    _build_features(settings, project, TO_FEATURES, reporter, files, known, preparation)
    _tell_what_is_there(settings, project, reporter)


def build_again(settings: RunSettings, reporter: Reporter) -> None:
    """Make anew what depends on lines that changed where they lie, for a caller who holds the lock.

    No file is read: what lies in the data folder is for the next run.
    """
    project = project_settings(overrides=settings.variables)
    with open_warehouse(settings.warehouse) as connection:
        is_segmented = relation_exists(connection, "marts", "user_segments")
    with TemporaryDirectory() as empty:
        without_files = replace(settings, datasets=Path(empty))
        selection = () if is_segmented else TO_FEATURES
        preparation = DbtPreparation(without_files)
        state = _build_features(without_files, project, selection, reporter, [], {}, preparation)
    if is_segmented:
        _finish(settings, project, reporter, state)


def model(settings: RunSettings, reporter: Reporter) -> None:
    """Segment the users whose features are there, and report; errors as in `run`."""
    steps = project_settings(overrides=settings.variables).after_run
    with run_lock(settings.warehouse), session():
        _model(settings, reporter)
    do_after_run(steps, settings.warehouse, reporter)


def _model(settings: RunSettings, reporter: Reporter) -> None:
    project = project_settings(overrides=settings.variables)
    with kept_open(settings.warehouse, read_only=False):
        check_engines(settings)
        end_erasure(settings, reporter)
    check_features(settings, project)
    state = state_of(settings, ledger_of(settings))
    # Features that are older than files or settings: the next run is not to take them for new.
    is_current = state_of_features(settings.warehouse) == state
    settings = replace(settings, as_of=date_of_features(settings))
    build_selected(settings, FROM_FEATURES, reporter)
    _finish(settings, project, reporter, state if is_current else "")


def _check_date(settings: RunSettings) -> None:
    """Make sure that somebody was there before the date."""
    with open_warehouse(settings.warehouse) as connection:
        count = connection.execute("select count(*) from marts.user_features").fetchall()[0][0]
    if settings.as_of is not None and not count:
        raise PipelineError(f"No event lies before {settings.as_of}: choose a later --as-of.")


def _is_built(settings: RunSettings, known: Mapping[str, KnownFile]) -> bool:
    """Tell whether publication and features are what a whole run would make again.

    The features as well: a run that died after them, with nothing new to load, left them outdated.
    """
    return (
        not (settings.retrain or settings.full_refresh or settings.forget_files)
        and published_state(settings.warehouse) == state_of(settings, known)
        and state_of_features(settings.warehouse) == state_of(settings, known)
    )


def _report_again(settings: RunSettings, project: ProjectSettings, reporter: Reporter) -> None:
    """Write the report where it is not that of the publication in the words of today."""
    published = published_path(settings.warehouse)
    if settings.writes_docs:
        write_docs(settings, reporter)
        _report(settings, project, reporter)
        return
    if (
        is_report_of(settings.warehouse, settings.report_file)
        and settings.report_file.stat().st_mtime >= published.stat().st_mtime
    ):
        reporter.say(f"Nothing new since the last run: the report is {settings.report_file}.")
        close(settings, {"report": settings.report_file}, project.min_group_size, reporter)
        return
    reporter.say("Nothing new since the last run, but for the report.")
    # Nor the catalogues.
    from pipeline.reporting.segment_texts import refresh_texts

    if refresh_texts(settings.warehouse):
        publish(settings.warehouse, publication_of(settings.warehouse))
    _report(settings, project, reporter)


def _build_features(
    settings: RunSettings,
    project: ProjectSettings,
    selection: Sequence[str],
    reporter: Reporter,
    files: Sequence[FileToLoad],
    known: Mapping[str, KnownFile],
    preparation: DbtPreparation,
) -> str:
    """Build from the files on; note and return the state that the features were made from."""
    check_memory(settings, files, known)
    build_selected(settings, selection, reporter, files, preparation)
    with kept_open(settings.warehouse, read_only=False):
        tell_refusals(settings.warehouse, [entry.file.source_file for entry in files], reporter)
        _check_date(settings)
        state = state_of(settings, ledger_of(settings))
        note_state_of_features(settings.warehouse, state, project.of_features)
    return state


def _finish(
    settings: RunSettings, project: ProjectSettings, reporter: Reporter, state: str
) -> None:
    _tell_what_is_there(settings, project, reporter)
    publish(settings.warehouse, Publication(state, settings.is_synthetic, project.currency))
    if settings.writes_docs:
        write_docs(settings, reporter)
    _report(settings, project, reporter)


def _tell_what_is_there(
    settings: RunSettings, project: ProjectSettings, reporter: Reporter
) -> None:
    with kept_open(settings.warehouse):
        tell_totals(settings.warehouse, project.min_group_size, reporter)
        warn_of_gaps(settings.warehouse, reporter)
        warn_of_lost_money(settings.warehouse, reporter)


def _report(settings: RunSettings, project: ProjectSettings, reporter: Reporter) -> None:
    paths = write_reports(settings, project, reporter)
    note_report(settings.warehouse, settings.report_file)
    close(settings, paths, project.min_group_size, reporter)
