"""Why the features can stand beside each other: how alike they rank, how much they move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb

from pipeline.reporting.segment_report.method.facts import current_rows
from pipeline.reporting.segment_report.model_features.columns import (
    Column,
    beyond_bounds,
    gather_columns,
)
from pipeline.reporting.segment_report.model_features.likeness import (
    Likeness,
    closest,
    gather_likenesses,
    pairs,
)
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Stability:
    """How far a feature moved between the last two snapshot dates, and how far at the most."""

    feature: str
    latest: float
    largest: float


@dataclass(frozen=True)
class Reading:
    """The pairs of features, the closest first, and the features, the most moved first.

    `columns` are all that the model could read; `constants` are the same for everybody who trained,
    and left out of the model.
    """

    correlations: tuple[Likeness, ...]
    stabilities: tuple[Stability, ...]
    former_date: dt.date | None
    later_date: dt.date | None
    columns: tuple[Column, ...] = ()
    constants: tuple[str, ...] = ()
    threshold: float | None = None  # above it two features rank customers alike
    sample_size: int | None = None  # customers who are compared, at the most
    beyond_bounds: float = 0.0  # customers who trained and lie beyond each bound


_STABILITY = """
select
    feature_name, arg_max(psi, later_date) as latest, max(psi) as largest,
    max(former_date), max(later_date)
from marts.feature_stability
where feature_name in (select unnest(?))
group by feature_name
order by latest desc, feature_name
"""
_LIMITS = "select max(threshold), max(sample_size) from marts.feature_redundancy"


def gather_reading(connection: duckdb.DuckDBPyConnection) -> Reading:
    """Return what speaks for the features of the current model.

    Parameters
    ----------
    connection : duckdb connection
    """
    first = current_rows(connection)[0]
    names = first["feature_names"]
    likenesses = gather_likenesses(connection)
    threshold, sample_size = connection.execute(_LIMITS).fetchall()[0]
    rows = []
    if relation_exists(connection, "marts", "feature_stability"):
        rows = connection.execute(_STABILITY, [names]).fetchall()
    return Reading(
        correlations=pairs(likenesses, names),
        stabilities=tuple(Stability(*row[:3]) for row in rows),
        former_date=max((row[3] for row in rows), default=None),
        later_date=max((row[4] for row in rows), default=None),
        columns=gather_columns(connection, first, closest(likenesses)),
        threshold=threshold,
        sample_size=sample_size,
        constants=tuple(first.get("constant_features") or ()),
        beyond_bounds=beyond_bounds(first),
    )
