"""Everything the report says, as one tree of plain data, read from the warehouse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline.errors import InputError
from pipeline.report.audience import BETWEEN_CONFIDENCE, Audience, gather_audience, hidden_count
from pipeline.report.certainty.facts import Certainty, gather_certainty
from pipeline.report.choice.facts import Choice, gather_choice
from pipeline.report.drift.facts import Drift, gather_drift
from pipeline.report.ledger import Ledger, gather_ledger
from pipeline.report.model import Model, gather_model, gather_scatter
from pipeline.report.moves.facts import Move, gather_moves
from pipeline.report.moves.registry import Registry, gather_registry
from pipeline.report.privacy import coarse_count
from pipeline.report.reading.facts import Reading, gather_reading
from pipeline.report.rules.facts import Rules, gather_rules
from pipeline.report.segments import Segment, gather_segments
from pipeline.report.trial.facts import Trial, gather_trial
from pipeline.report.worth.facts import Worth, gather_worth
from pipeline.warehouse import open_warehouse, relation_exists

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
    """The whole report, before any word or picture. No id of a person is in it."""

    is_synthetic: bool
    min_group_size: int
    min_events: int
    between_confidence: float  # below it, a customer lies between two segments
    as_of: dt.date  # the first day that the features do not see
    audience: Audience
    ledger: Ledger
    model: Model
    segments: tuple[Segment, ...]
    scatter: dict[int, tuple[tuple[float, float], ...]]
    worth: Worth | None  # None where no month followed a moment, like the next one
    trial: Trial | None
    moves: tuple[Move, ...]
    registry: Registry | None  # None where the warehouse has none
    rules: Rules
    certainty: Certainty
    choice: Choice
    reading: Reading
    drift: Drift


def gather_facts(
    warehouse: Path,
    *,
    is_synthetic: bool = False,
    min_group_size: int = 10,
    min_events: int | None = None,
    between_confidence: float = BETWEEN_CONFIDENCE,
) -> Facts:
    """Read all that the report needs; only aggregates and a sample of places leave the database.

    Parameters
    ----------
    warehouse : Path
        Opened read-only.
    is_synthetic : bool
        Whether the customers are made up.
    min_group_size : int
        No group of fewer people is shown.
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
        model = gather_model(connection, min_group_size)
        as_of = _as_of(connection, model)
        audience, parts = gather_audience(
            connection, min_group_size, between_confidence=between_confidence
        )
        hidden = hidden_count(parts.values(), min_group_size)
        ledger = gather_ledger(connection, as_of, audience.revenue)
        segments = gather_segments(connection, parts, audience, min_group_size)
        shown = sorted(one.segment_id for one in segments if not one.is_small)
        scatter = gather_scatter(connection, model, shown)
        return Facts(
            is_synthetic=is_synthetic,
            min_group_size=min_group_size,
            min_events=min_events or model.settings.get("min_events") or _DEFAULT_MIN_EVENTS,
            between_confidence=between_confidence,
            as_of=as_of,
            audience=audience,
            ledger=ledger,
            model=_coarse(model, hidden) if audience.is_coarse else model,
            segments=segments,
            scatter=scatter,
            worth=gather_worth(connection, min_group_size),
            trial=gather_trial(connection, parts, min_group_size),
            moves=gather_moves(connection, min_group_size),
            registry=gather_registry(connection),
            rules=gather_rules(connection),
            certainty=gather_certainty(connection, parts, min_group_size),
            choice=gather_choice(connection),
            reading=gather_reading(connection, min_group_size),
            drift=gather_drift(connection),
        )


def _coarse(model: Model, hidden: int) -> Model:
    """Round the customers of the model; those in small segments today may be among them."""
    return replace(
        model,
        eligible_user_count=coarse_count(model.eligible_user_count - hidden),
        training_user_count=coarse_count(model.training_user_count - hidden),
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
