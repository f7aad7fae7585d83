"""Everything the report says, as one tree of plain data, read from the warehouse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import (
    BETWEEN_CONFIDENCE,
    Audience,
    Parts,
    exact_audience,
    gather_parts,
)
from pipeline.reporting.segment_report.campaign_tests.facts import (
    Trial,
    gather_responses,
    plan_trial,
)
from pipeline.reporting.segment_report.data.facts import Ledger, gather_ledger
from pipeline.reporting.segment_report.disclosure.report import disclose
from pipeline.reporting.segment_report.drift.facts import Drift, gather_drift
from pipeline.reporting.segment_report.label_stability.facts import Certainty, gather_certainty
from pipeline.reporting.segment_report.lifecycle.facts import Lifecycle, gather_lifecycle
from pipeline.reporting.segment_report.method.facts import Model, gather_model, gather_scatter
from pipeline.reporting.segment_report.migrations.facts import Move, gather_moves
from pipeline.reporting.segment_report.migrations.registry import Registry, gather_registry
from pipeline.reporting.segment_report.model_features.facts import Reading, gather_reading
from pipeline.reporting.segment_report.number_of_segments.facts import Choice, gather_choice
from pipeline.reporting.segment_report.profiles.facts import Segment, gather_segments
from pipeline.reporting.segment_report.rules.facts import Rules, gather_rules
from pipeline.reporting.segment_report.value.facts import Worth, gather_worth
from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import open_warehouse, relation_exists

_NEEDED = {
    "core": ("loaded_files", "events", "sessions", "days"),
    "marts": (
        "user_features",
        "segment_inputs",
        "segment_model",
        "model_evaluation",
        "user_segments",
        "segment_profiles",
    ),
}
_DEFAULT_MIN_EVENTS = 10


@dataclass(frozen=True)
class Facts:
    """The whole report, before any word or picture. No id of a person is in it.

    As it may be shown by the policy, see `pipeline.reporting.segment_report.disclosure`.
    """

    is_synthetic: bool
    policy: Policy
    min_events: int
    between_confidence: float  # below it, a customer lies between two segments
    as_of: dt.date  # the first day that the features do not see
    audience: Audience
    ledger: Ledger
    model: Model
    segments: tuple[Segment, ...]
    scatter: dict[int, tuple[tuple[float, float], ...]]
    lifecycle: Lifecycle | None  # None where the warehouse knows of no states
    worth: Worth | None  # None where no month followed a moment, like the next one
    trial: Trial | None
    moves: tuple[Move, ...]
    registry: Registry | None  # None where the warehouse has none
    rules: Rules
    certainty: Certainty
    choice: Choice
    reading: Reading
    drift: Drift

    @property
    def min_group_size(self) -> int:
        """No group of fewer people is shown."""
        return self.policy.minimum


def gather_facts(
    warehouse: Path,
    *,
    is_synthetic: bool = False,
    policy: Policy | None = None,
    min_events: int | None = None,
    between_confidence: float = BETWEEN_CONFIDENCE,
) -> Facts:
    """Read all that the report may show; only aggregates and a sample of places leave the database.

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
    between_confidence : float
        Below this, a customer lies between two segments.

    Raises
    ------
    InputError
        When the warehouse, a relation or the model is missing.
    """
    with open_warehouse(warehouse) as connection:
        _check_relations(connection, warehouse)
        parts = gather_parts(connection, between_confidence=between_confidence)
        exact = _current_facts(connection, parts, warehouse)
        exact = replace(
            exact,
            is_synthetic=is_synthetic,
            min_events=min_events or exact.min_events,
            between_confidence=between_confidence,
        )
        told = disclose(exact, parts, policy or Policy())
        shown = sorted(one.segment_id for one in told.segments if not one.is_small)
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
    model, worth = gather_model(connection), gather_worth(connection)
    as_of = _as_of(connection, model)
    return Facts(
        is_synthetic=False,
        policy=Policy(1),
        min_events=model.settings.get("min_events") or _DEFAULT_MIN_EVENTS,
        between_confidence=BETWEEN_CONFIDENCE,
        as_of=as_of,
        audience=exact_audience(parts),
        ledger=gather_ledger(connection, as_of, parts.everybody.revenue),
        model=model,
        segments=gather_segments(connection, parts),
        scatter={},
        lifecycle=gather_lifecycle(connection),
        worth=worth,
        trial=plan_trial(worth, parts, gather_responses(connection)),
        moves=gather_moves(connection),
        registry=gather_registry(connection),
        rules=gather_rules(connection),
        certainty=gather_certainty(connection, parts),
        choice=gather_choice(connection),
        reading=gather_reading(connection),
        drift=gather_drift(connection),
    )


def _check_relations(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    for schema, names in _NEEDED.items():
        for name in names:
            if not relation_exists(connection, schema, name):
                raise InputError(
                    f"There are no segments in {warehouse} ({schema}.{name} is missing):"
                    " run `python run_pipeline.py` first."
                )


def _as_of(connection: duckdb.DuckDBPyConnection, model: Model) -> dt.date:
    """Return the date of the features; an earlier model may have been trained as of another."""
    row = connection.execute(
        "select max(last_event_at::date + recency_days::integer) from marts.user_features"
    ).fetchall()[0]
    return row[0] or model.as_of
