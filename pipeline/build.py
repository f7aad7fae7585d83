"""The commands that build: from files to features, from features to segments, to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.dbt import DbtPreparation, DbtResult, run_dbt
from pipeline.errors import InputError, PipelineError, QualityError
from pipeline.inputs.manifests import UNPACKED
from pipeline.loading import (
    FileToLoad,
    KnownFile,
    has_inputs,
    known_files,
    look_at_files,
    note_touched,
)
from pipeline.memory import check_limit
from pipeline.progress import Reporter
from pipeline.publication import publish, published_path, published_state
from pipeline.remarks import tell_totals, warn_of_drift, warn_of_holes
from pipeline.run_lock import run_lock
from pipeline.settings import DEFAULT_DATASETS, RunSettings
from pipeline.state import OUTDATED, note_state_of_features, state_of, state_of_features
from pipeline.warehouse import check_warehouse, open_warehouse, relation_exists

# `dbt build` alone also runs the unit tests, which prove the code and not the data.
_BUILD = ("build", "--exclude-resource-type", "unit_test")
_TO_FEATURES = (
    "--select",
    "path:dbt_project/models/staging",
    "path:dbt_project/models/core",
    "user_features",
    "run_ledger",
    "--indirect-selection",
    "cautious",
)
# For the time left: what segments take, and a training, beside what grows with the events. In
# multiples of the import of dbt, see `run_dbt`.
_WORK_OF_SEGMENTS = 7.5
_WORK_OF_TRAINING = 18.0
_DATE_OF_FEATURES = """
    select max(last_event_at::date + recency_days::integer) from marts.user_features
"""
_FROM_FEATURES = (
    "--select",
    "segment_inputs+",
    "int_moments+",
    "int_sampled_users+",
    "int_long_histories+",
    "run_ledger",
    "--indirect-selection",
    "buildable",
)


def has_nothing_to_do(settings: RunSettings) -> bool:
    """Tell whether there is neither an input file nor one that was loaded earlier."""
    if settings.datasets != DEFAULT_DATASETS or has_inputs(settings.datasets):
        return False
    if not settings.warehouse.exists():
        return True
    with run_lock(settings.warehouse):
        return not _ledger(settings)


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
    """
    with run_lock(settings.warehouse):
        run_locked(settings, reporter)


def run_locked(settings: RunSettings, reporter: Reporter) -> None:
    """Do what `run` does, for a caller who holds the lock of the warehouse; errors as there."""
    preparation = DbtPreparation(settings)
    files, known = _look(settings, reporter, preparation)
    if not files and _is_up_to_date(settings, known):
        reporter.say(f"Nothing new since the last run: the report is {settings.report_file}.")
        return
    _build_features(settings, (), reporter, files, known, preparation)
    _finish(settings, reporter, state_of(settings, _ledger(settings)))


def etl(settings: RunSettings, reporter: Reporter) -> None:
    """Load the files and compute the features of every user; errors as in `run`."""
    with run_lock(settings.warehouse):
        _etl(settings, reporter)


def _etl(settings: RunSettings, reporter: Reporter) -> None:
    preparation = DbtPreparation(settings)
    files, known = _look(settings, reporter, preparation)
    asks_for_more = settings.full_refresh or settings.forget_files
    if not (files or asks_for_more) and state_of_features(settings.warehouse) == state_of(
        settings, known
    ):
        reporter.say("Nothing new since the last run: the features are as they were.")
        return
    _build_features(settings, _TO_FEATURES, reporter, files, known, preparation)
    tell_totals(settings.warehouse, reporter)
    warn_of_holes(settings.warehouse, reporter)


def model(settings: RunSettings, reporter: Reporter) -> None:
    """Segment the users whose features are there, and report; errors as in `run`."""
    with run_lock(settings.warehouse):
        _model(settings, reporter)


def _model(settings: RunSettings, reporter: Reporter) -> None:
    with open_warehouse(settings.warehouse) as connection:
        if not relation_exists(connection, "marts", "user_features"):
            raise InputError(
                f"There are no features in {settings.warehouse}:"
                " run `python run_pipeline.py etl` first."
            )
    check_warehouse(settings.warehouse)
    if state_of_features(settings.warehouse) == OUTDATED:
        raise InputError(
            f"The last run on {settings.warehouse} ended before its features were whole:"
            " run `python run_pipeline.py etl` first."
        )
    settings = replace(settings, as_of=_date_of_features(settings))
    _build(settings, _FROM_FEATURES, reporter)
    # The features may be older than the ledger: the next run is not to take them for new.
    _finish(settings, reporter, state="")


def _date_of_features(settings: RunSettings) -> date | None:
    """Return the date that the features are seen from; only `etl` and `run` can change it."""
    with open_warehouse(settings.warehouse) as connection:
        found = connection.execute(_DATE_OF_FEATURES).fetchall()[0][0]
    if settings.as_of not in (None, found):
        raise InputError(
            f"The features are as of {found}, not {settings.as_of}:"
            f" run `python run_pipeline.py etl --as-of {settings.as_of}` first."
        )
    return found


def _check_date(settings: RunSettings) -> None:
    """Make sure that somebody was there before the date."""
    with open_warehouse(settings.warehouse) as connection:
        count = connection.execute("select count(*) from marts.user_features").fetchall()[0][0]
    if settings.as_of is not None and not count:
        raise PipelineError(f"No event lies before {settings.as_of}: choose a later --as-of.")


def _look(
    settings: RunSettings, reporter: Reporter, preparation: DbtPreparation
) -> tuple[list[FileToLoad], dict[str, KnownFile]]:
    """Look at the warehouse and at every new file before anything is written."""
    check_warehouse(settings.warehouse)
    known = _ledger(settings)
    _check_forgotten(settings, known)
    files, touched = look_at_files(
        settings.datasets,
        {} if settings.full_refresh else known,
        reporter=reporter,
        meanwhile=preparation.start,
    )
    _check_not_unpacked_again(settings)
    if not files and not known:
        raise InputError(
            f"There is no event file in {settings.datasets}:"
            " put .csv, .csv.gz, .csv.zst, .parquet or an archive of them there."
        )
    if touched:
        with open_warehouse(settings.warehouse, read_only=False) as connection:
            note_touched(connection, touched)
    _tell_ignored_columns(files, reporter)
    return files, known


def _tell_ignored_columns(files: Sequence[FileToLoad], reporter: Reporter) -> None:
    for entry in files:
        if entry.layout.extra_columns:
            names = ", ".join(entry.layout.extra_columns)
            reporter.say(f"{entry.file.source_file}: ignoring the columns {names}.")


def _ledger(settings: RunSettings) -> dict[str, KnownFile]:
    if not settings.warehouse.exists():
        return {}
    with open_warehouse(settings.warehouse) as connection:
        return known_files(connection)


def _is_up_to_date(settings: RunSettings, known: Mapping[str, KnownFile]) -> bool:
    """Tell whether publication, features and report are what a whole run would make again.

    The features as well: a run that died after them, with nothing new to load, left them outdated.
    """
    published = published_path(settings.warehouse)
    return (
        not (settings.retrain or settings.full_refresh or settings.forget_files)
        and published_state(settings.warehouse) == state_of(settings, known)
        and state_of_features(settings.warehouse) == state_of(settings, known)
        and settings.report_file.exists()
        and settings.report_file.stat().st_mtime >= published.stat().st_mtime
    )


def _check_forgotten(settings: RunSettings, known: Mapping[str, KnownFile]) -> None:
    """Make sure that files to forget are loaded, and would not come back in the same run."""
    for name in settings.forget_files:
        if name not in known:
            raise InputError(
                f"No file {name} is loaded: `python run_pipeline.py status` lists the names."
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


def _build_features(
    settings: RunSettings,
    selection: Sequence[str],
    reporter: Reporter,
    files: Sequence[FileToLoad],
    known: Mapping[str, KnownFile],
    preparation: DbtPreparation,
) -> None:
    """Build from the files on, and note what the features were made from."""
    _check_memory(settings, files, known)
    _build(settings, selection, reporter, files, preparation)
    _check_date(settings)
    note_state_of_features(settings.warehouse, state_of(settings, _ledger(settings)))


def _check_memory(
    settings: RunSettings, files: Sequence[FileToLoad], known: Mapping[str, KnownFile]
) -> None:
    """Make sure that the memory suffices for the lines that will be there, before any is loaded."""
    line_counts = {name: file.line_count for name, file in known.items()}
    line_counts |= {entry.file.source_file: entry.inspection.line_count for entry in files}
    forgotten = set(settings.forget_files)
    staying = [count for name, count in line_counts.items() if name not in forgotten]
    check_limit(settings.memory_limit, sum(staying))


def _build(
    settings: RunSettings,
    selection: Sequence[str],
    reporter: Reporter,
    files: Sequence[FileToLoad] = (),
    preparation: DbtPreparation | None = None,
) -> None:
    refresh = ("--full-refresh",) if settings.full_refresh else ()
    result = run_dbt(
        [*_BUILD, *selection, *refresh],
        settings,
        reporter=reporter,
        title="Building the warehouse",
        line_counts=[entry.inspection.line_count for entry in files],
        constant_work=0.0 if selection is _TO_FEATURES else _work_of_segments(settings),
        manifest=preparation.manifest() if preparation else None,
    )
    _raise_for(result)
    for name in result.warnings:
        reporter.say(f"Warning: the data test {name} found something.")


def _work_of_segments(settings: RunSettings) -> float:
    if settings.warehouse.exists() and not settings.retrain:
        with open_warehouse(settings.warehouse) as connection:
            if relation_exists(connection, "marts", "segment_model"):
                return _WORK_OF_SEGMENTS
    return _WORK_OF_SEGMENTS + _WORK_OF_TRAINING


def _raise_for(result: DbtResult) -> None:
    if result.error:
        raise PipelineError(result.error)
    if result.failed_tests:
        names = ", ".join(result.failed_tests)
        raise QualityError(
            f"Data tests failed: {names}. Nothing was published;"
            " query the warehouse to see what they found."
        )


def _finish(settings: RunSettings, reporter: Reporter, state: str) -> None:
    # The charts take a second to import: not for `--help` and `etl`.
    from pipeline.report import write_report

    tell_totals(settings.warehouse, reporter)
    warn_of_holes(settings.warehouse, reporter)
    publish(settings.warehouse, state)
    files = write_report(
        settings.warehouse,
        settings.reports,
        language=settings.language,
        is_synthetic=settings.is_synthetic,
        reporter=reporter,
    )
    warn_of_drift(settings.warehouse, reporter)
    reporter.say(f"The report is {files.html}.")
