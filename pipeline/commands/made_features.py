"""Whether the features of a warehouse are those that `model` may segment."""

from __future__ import annotations

from datetime import date

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.runtime.project_settings import ProjectSettings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import check_warehouse, open_warehouse, relation_exists
from pipeline.warehouse.publication import PUBLISHED_TABLES
from pipeline.warehouse.state import (
    OUTDATED,
    has_bookkeeping,
    settings_of_features,
    state_of_features,
)

_DATE_OF_FEATURES = "select as_of from core.store_totals"


def check_features(settings: RunSettings, project: ProjectSettings) -> None:
    """Make sure that features are there, whole, and made with the settings of today.

    Raises
    ------
    InputError
        When they are not; it names the command that makes them.
    """
    with open_warehouse(settings.warehouse) as connection:
        if not relation_exists(connection, "marts", "user_features"):
            raise InputError(
                f"There are no features in {settings.warehouse}:"
                " run `python run_pipeline.py etl` first."
            )
        if not (has_bookkeeping(connection) and _has_published_facts(connection)):
            raise _made_by_an_earlier_version(settings)
    check_warehouse(settings.warehouse)
    if state_of_features(settings.warehouse) == OUTDATED:
        raise InputError(
            f"The last run on {settings.warehouse} ended before its features were whole:"
            " run `python run_pipeline.py etl` first."
        )
    _check_settings_of_features(settings, project)


def _has_published_facts(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether everything is there that `model` publishes and does not make itself."""
    facts = [name for schema, name in PUBLISHED_TABLES if schema == "core"]
    return all(relation_exists(connection, "core", name) for name in facts)


def _check_settings_of_features(settings: RunSettings, project: ProjectSettings) -> None:
    """Make sure that the features are what the project now says they are."""
    before = settings_of_features(settings.warehouse)
    changed = [name for name, value in before.items() if project.of_features.get(name) != value]
    if changed:
        raise InputError(
            f"{changed[0]} in dbt_project.yml is no longer what the features were made with"
            f" ({before[changed[0]]}): run `python run_pipeline.py etl` first."
        )


def date_of_features(settings: RunSettings) -> date | None:
    """Return the date that the features are seen from; only `etl` and `run` can change it.

    Raises
    ------
    InputError
        When another one is asked for.
    """
    with open_warehouse(settings.warehouse) as connection:
        try:
            found = connection.execute(_DATE_OF_FEATURES).fetchall()[0][0]
        except duckdb.BinderException as error:
            raise _made_by_an_earlier_version(settings) from error
    if settings.as_of not in (None, found):
        raise InputError(
            f"The features are as of {found}, not {settings.as_of}:"
            f" run `python run_pipeline.py etl --as-of {settings.as_of}` first."
        )
    return found


def _made_by_an_earlier_version(settings: RunSettings) -> InputError:
    return InputError(
        f"An earlier version made the features in {settings.warehouse}:"
        " run `python run_pipeline.py etl` first."
    )
