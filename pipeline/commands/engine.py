"""What commands do where Spark is the engine, beside what they do on DuckDB."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dbt_runner.invocation import run_dbt
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.remote_folder import RemoteFolder
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import open_warehouse, relation_exists
from pipeline.warehouse.engine import check_engine, is_from_lake
from pipeline.warehouse.publication import PUBLISHED_VIEWS

_IS_WHOLE = (
    "delete from ops.features_state",
    "insert into ops.features_state values (true, null, null)",
)


def check_engines(settings: RunSettings) -> None:
    """Make sure that the engine is there, and that the warehouse is one of its own.

    Raises
    ------
    InputError
        With what to install, or which option fits.
    """
    check_engine(settings.warehouse, settings.engine)
    if settings.engine == "spark":
        from pipeline.spark.requirements import check_spark

        check_spark(settings)


def claim_tables(settings: RunSettings) -> None:
    """Make sure that Spark builds tables of this warehouse alone, before it builds any.

    Raises
    ------
    InputError
        The lake is that of another warehouse.
    """
    # Imports pyspark.
    from pipeline.spark.lake import claim_lake
    from pipeline.spark.session import open_session

    session = open_session(settings.lake_variables)
    claim_lake(session, settings.lake_folder, settings.warehouse)


def remote_folder(place: str, settings: RunSettings) -> RemoteFolder:
    """Return a data folder that Spark reaches.

    Raises
    ------
    InputError
        Where the engine is another one.
    """
    if settings.engine != "spark":
        raise InputError(f"{place} is read by Spark alone: add --engine spark, or name a folder.")
    from pipeline.spark.remote_files import SparkFolder

    return SparkFolder(place, settings.lake_variables)


def only_on_this_machine(settings: RunSettings, command: str) -> None:
    """Make sure that a command which reads files by DuckDB is not asked of Spark.

    Raises
    ------
    InputError
        Where the engine is Spark.
    """
    if settings.engine == "spark":
        raise InputError(
            f"`{command}` is for files on this machine: leave --engine spark and AMAZING_ENGINE"
            " away."
        )


def only_of_duckdb(settings: RunSettings, command: str) -> None:
    """Make sure that a command which changes lines where they lie is not asked of a lake.

    Raises
    ------
    InputError
        Where the engine is Spark, or the warehouse holds what Spark made.
    """
    if settings.engine == "spark" or is_from_lake(settings.warehouse):
        raise InputError(
            f"`{command}` is for warehouses of DuckDB: it cannot change the lake of Spark, so"
            " take the people out of the files, and read those again."
        )


def bring_results_home(settings: RunSettings, reporter: Reporter) -> None:
    """Put the results of a run on Spark where everything after a run reads them.

    The views that are published are defined there anew, by the same models, and all is described.

    Raises
    ------
    PipelineError
        When that fails; what was there before stays.
    """
    from pipeline.spark.collection import bring_home

    bring_home(settings)
    views = [f"{name}" for _, name in PUBLISHED_VIEWS]
    with open_warehouse(settings.warehouse) as connection:
        if not relation_exists(connection, "marts", "user_segments"):
            views = ["segment_inputs"]
    at_home = replace(settings, engine="duckdb", full_refresh=False, forget_files=())
    for command in (["run", "--select", *views], ["run-operation", "describe_relations"]):
        result = run_dbt(command, at_home, reporter=reporter, title="Bringing the results home")
        if result.error:
            raise PipelineError(result.error)
    with open_warehouse(settings.warehouse, read_only=False) as connection:
        for statement in _IS_WHOLE:
            connection.execute(statement)
