"""The builds of dbt that commands are made of, and what they say where one fails."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.commands.engine import bring_results_home, claim_tables
from pipeline.dbt_runner.invocation import DbtPreparation, DbtResult, run_dbt
from pipeline.ingest.files_to_load import FileToLoad
from pipeline.runtime.errors import PipelineError, QualityError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import open_warehouse, relation_exists

# `dbt build` alone also runs the unit tests, which prove the code and not the data.
_BUILD = ("build", "--exclude-resource-type", "unit_test")
TO_FEATURES = (
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
FROM_FEATURES = (
    "--select",
    "path:dbt_project/models/marts",
    "--exclude",
    "user_features",
    "--indirect-selection",
    "buildable",
)


def build_selected(
    settings: RunSettings,
    selection: Sequence[str],
    reporter: Reporter,
    files: Sequence[FileToLoad] = (),
    preparation: DbtPreparation | None = None,
) -> None:
    """Build what is selected, all where nothing is, and say which data tests only warn.

    Raises
    ------
    PipelineError
        When a model fails.
    QualityError
        When an error-level data test fails.
    InputError
        When the lake of Spark is that of another warehouse; nothing was touched.
    """
    if settings.engine == "spark":
        claim_tables(settings)
    refresh = ("--full-refresh",) if settings.full_refresh else ()
    result = run_dbt(
        [*_BUILD, *selection, *refresh],
        settings,
        reporter=reporter,
        title="Building the warehouse",
        line_counts=[entry.inspection.line_count for entry in files],
        constant_work=0.0 if selection is TO_FEATURES else _work_of_segments(settings),
        manifest=preparation.manifest() if preparation else None,
    )
    _raise_for(result)
    if settings.engine == "spark":
        bring_results_home(settings, reporter)
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
