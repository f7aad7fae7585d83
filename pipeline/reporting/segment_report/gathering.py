"""All facts of the report: read exactly from the warehouse, then told as far as they may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import (
    Parts,
    exact_audience,
    gather_between_confidence,
    gather_parts,
)
from pipeline.reporting.segment_report.data.facts import gather_ledger
from pipeline.reporting.segment_report.disclosure.customers import told_audience, told_model
from pipeline.reporting.segment_report.disclosure.segments import told_segments
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.method.facts import Model, gather_model, gather_scatter
from pipeline.reporting.segment_report.profiles.facts import gather_segments
from pipeline.reporting.segment_report.section import Store
from pipeline.reporting.segment_report.sections import all_sections
from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import open_warehouse, relations_of

_NEEDED = {
    "core": ("loaded_files", "event_types", "days", "store_totals"),
    "marts": (
        "user_features",
        "segment_inputs",
        "segment_model",
        "current_segment_model",
        "segment_texts",
        "model_evaluation",
        "feature_redundancy",
        "user_segments",
        "segment_totals",
        "segment_profiles",
        "segment_feature_profiles",
    ),
}
_DEFAULT_MIN_EVENTS = 10


def gather_facts(
    warehouse: Path,
    *,
    is_synthetic: bool = False,
    policy: Policy | None = None,
    min_events: int | None = None,
) -> Facts:
    """Read all that the report may show: aggregates, and for readers inside a sample of places.

    Parameters
    ----------
    warehouse : Path
        Opened read-only.
    is_synthetic : bool
        Whether the customers are made up.
    policy : Policy, optional
        What may be shown.
    min_events : int, optional
        The threshold below which a customer gets no segment; by default the model's own.

    Raises
    ------
    InputError
        When the warehouse, a relation or the model is missing.
    """
    with open_warehouse(warehouse) as connection:
        _check_relations(connection, warehouse)
        parts = gather_parts(connection)
        exact = _current_facts(connection, parts, warehouse)
        told = replace(
            _disclosed(exact, Store(connection, parts, policy or Policy(), exact.sections)),
            is_synthetic=is_synthetic,
            min_events=min_events or exact.min_events,
        )
        shown = sorted(one.segment_id for one in told.segments if not one.is_small)
        if told.policy.is_public:
            # Each place is that of one customer.
            return told
        return replace(told, scatter=gather_scatter(connection, told.model, shown))


def _current_facts(connection: duckdb.DuckDBPyConnection, parts: Parts, warehouse: Path) -> Facts:
    """Return all facts of a warehouse that this version of the project has made."""
    try:
        return _exact_facts(connection, parts)
    except duckdb.BinderException as error:
        raise InputError(
            f"An earlier version of this project made {warehouse}, without a column that the report"
            " reads: run `python run_pipeline.py` first."
        ) from error


def _exact_facts(connection: duckdb.DuckDBPyConnection, parts: Parts) -> Facts:
    model = gather_model(connection)
    as_of = _as_of(connection, model)
    return Facts(
        is_synthetic=False,
        policy=Policy(1),
        min_events=model.settings.get("min_events") or _DEFAULT_MIN_EVENTS,
        between_confidence=gather_between_confidence(connection),
        as_of=as_of,
        audience=exact_audience(parts),
        ledger=gather_ledger(connection, as_of, parts.everybody.revenue),
        model=model,
        segments=gather_segments(connection, parts),
        scatter={},
        sections=_exact_sections(connection, parts),
    )


def _exact_sections(connection: duckdb.DuckDBPyConnection, parts: Parts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for section in all_sections():
        found[section.key] = section.gather(Store(connection, parts, Policy(1), found))
    return found


def _disclosed(exact: Facts, store: Store) -> Facts:
    """Return the facts without what may not be shown; what is left is not computed again."""
    parts, policy = store.parts, store.policy
    audience = told_audience(exact.audience, parts, policy)
    average = audience.labelled.revenue_per_user
    return replace(
        exact,
        policy=policy,
        audience=audience,
        model=told_model(exact.model, parts, policy),
        segments=told_segments(exact.segments, parts, policy, average),
        sections={
            section.key: section.disclose(exact.sections[section.key], store)
            for section in all_sections()
        },
    )


def _check_relations(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    there = relations_of(connection)
    for schema, names in _NEEDED.items():
        for name in names:
            if (schema, name) not in there:
                raise InputError(
                    f"There are no segments in {warehouse} ({schema}.{name} is missing):"
                    " run `python run_pipeline.py` first."
                )


def _as_of(connection: duckdb.DuckDBPyConnection, model: Model) -> dt.date:
    """Return the date of the features; an earlier model may have been trained as of another."""
    row = connection.execute("select as_of from core.store_totals").fetchall()[0]
    return row[0] or model.as_of
