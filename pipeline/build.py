"""The commands that build: from files to features, from features to segments, to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dbt import DbtResult, run_dbt
from pipeline.errors import InputError, PipelineError, QualityError
from pipeline.loading import KnownFile, files_to_load, has_inputs, known_files
from pipeline.progress import Reporter
from pipeline.publication import publish
from pipeline.settings import DEFAULT_DATASETS, RunSettings
from pipeline.warehouse import check_warehouse, open_warehouse, relation_exists

# `dbt build` alone also runs the unit tests, which prove the code and not the data.
_BUILD = ("build", "--exclude-resource-type", "unit_test")
_TO_FEATURES = (
    "--select",
    "path:dbt_project/models/staging",
    "path:dbt_project/models/core",
    "user_features",
    "--indirect-selection",
    "cautious",
)
_FROM_FEATURES = ("--select", "segment_inputs+", "--indirect-selection", "buildable")


def has_nothing_to_do(settings: RunSettings) -> bool:
    """Tell whether there is neither an input file nor a warehouse that was filled earlier."""
    return (
        settings.datasets == DEFAULT_DATASETS
        and not settings.warehouse.exists()
        and not has_inputs(settings.datasets)
    )


def run(settings: RunSettings, reporter: Reporter) -> None:
    """Do everything: files to features, segments, publication and report.

    Raises
    ------
    InputError
        When a file, the warehouse or a setting is wrong; nothing was touched.
    PipelineError
        When a step fails; what was published before stays.
    QualityError
        When an error-level data test fails; what was published before stays.
    """
    _load(settings, (), reporter)
    _finish(settings, reporter)


def etl(settings: RunSettings, reporter: Reporter) -> None:
    """Load the files and compute the features of every user; errors as in `run`."""
    _load(settings, _TO_FEATURES, reporter)


def model(settings: RunSettings, reporter: Reporter) -> None:
    """Segment the users whose features are there, and report; errors as in `run`."""
    with open_warehouse(settings.warehouse) as connection:
        if not relation_exists(connection, "marts", "user_features"):
            raise InputError(
                f"There are no features in {settings.warehouse}:"
                " run `python run_pipeline.py etl` first."
            )
    check_warehouse(settings.warehouse)
    _build(settings, _FROM_FEATURES, reporter)
    _finish(settings, reporter)


def _load(settings: RunSettings, selection: Sequence[str], reporter: Reporter) -> None:
    """Look at every new file before anything is written, then build."""
    check_warehouse(settings.warehouse)
    known = {}
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse) as connection:
            known = known_files(connection)
    _check_forgotten(settings, known)
    files = files_to_load(
        settings.datasets, {} if settings.full_refresh else known, reporter=reporter
    )
    if not files and not known:
        raise InputError(
            f"There is no event file in {settings.datasets}:"
            " put .csv, .csv.gz, .csv.zst, .parquet or an archive of them there."
        )
    for entry in files:
        if entry.layout.extra_columns:
            names = ", ".join(entry.layout.extra_columns)
            reporter.say(f"{entry.file.source_file}: ignoring the columns {names}.")
    _build(settings, selection, reporter)


def _check_forgotten(settings: RunSettings, known: Mapping[str, KnownFile]) -> None:
    """Make sure that files to forget are loaded, and would not come back in the same run."""
    for name in settings.forget_files:
        if name not in known:
            raise InputError(
                f"No file {name} is loaded: `python run_pipeline.py status` lists the names."
            )
        if (settings.datasets / name).exists():
            raise InputError(
                f"{name} is still in {settings.datasets}, so it would be loaded again:"
                " remove it first."
            )


def _build(settings: RunSettings, selection: Sequence[str], reporter: Reporter) -> None:
    refresh = ("--full-refresh",) if settings.full_refresh else ()
    result = run_dbt(
        [*_BUILD, *selection, *refresh], settings, reporter=reporter, title="Building the warehouse"
    )
    _raise_for(result)
    for name in result.warnings:
        reporter.say(f"Warning: the data test {name} found something.")


def _raise_for(result: DbtResult) -> None:
    if result.error:
        raise PipelineError(result.error)
    if result.failed_tests:
        names = ", ".join(result.failed_tests)
        raise QualityError(
            f"Data tests failed: {names}. Nothing was published;"
            " query the warehouse to see what they found."
        )


def _finish(settings: RunSettings, reporter: Reporter) -> None:
    # The charts take a second to import: not for `--help` and `etl`.
    from pipeline.report import write_report

    publish(settings.warehouse)
    files = write_report(
        settings.warehouse,
        settings.reports,
        language=settings.language,
        is_synthetic=settings.is_synthetic,
        reporter=reporter,
    )
    reporter.say(f"The report is {files.html}.")
