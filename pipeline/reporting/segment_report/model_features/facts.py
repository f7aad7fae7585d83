"""Why the features can stand beside each other: how alike they rank, how much they move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import combinations
from math import isfinite

import duckdb

from ml.features.redundancy import MINIMUM_USERS, THRESHOLD
from pipeline.reporting.segment_report.method.facts import current_rows
from pipeline.reporting.segment_report.model_features.columns import (
    Column,
    beyond_caps,
    gather_columns,
)
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Correlation:
    """The rank correlation (Spearman) of two features among the customers who trained.

    `without_shared_zeros` is that of today's customers for whom not both are zero; it is looked at
    for close pairs only, and None where there are too few of them.
    """

    first: str
    second: str
    value: float
    without_shared_zeros: float | None = None


@dataclass(frozen=True)
class Stability:
    """How far a feature moved between the last two moments, and how far at the most."""

    feature: str
    latest: float
    largest: float


@dataclass(frozen=True)
class Reading:
    """The pairs of features, the closest first, and the features, the most moved first.

    `columns` are all that the model could read; `constants` are the same for everybody who trained,
    and left out of the model.
    """

    correlations: tuple[Correlation, ...]
    stabilities: tuple[Stability, ...]
    former_moment: dt.date | None
    later_moment: dt.date | None
    columns: tuple[Column, ...] = ()
    constants: tuple[str, ...] = ()
    beyond_caps: float = 0.0  # customers who trained and lie beyond each cap


_STABILITY = """
select
    feature_name, arg_max(psi, later_moment) as latest, max(psi) as largest,
    max(former_moment), max(later_moment)
from marts.feature_stability
where feature_name in (select unnest(?))
group by feature_name
order by latest desc, feature_name
"""
# Ties get their mean rank, as in `ml.features.redundancy`.
_WITHOUT_SHARED_ZEROS = """
select corr(first_rank, second_rank), count(*)
from (
    select
        rank() over (order by {first}) + count(*) over (partition by {first}) / 2 as first_rank,
        rank() over (order by {second}) + count(*) over (partition by {second}) / 2 as second_rank
    from marts.segment_inputs
    where is_eligible and ({first} <> 0 or {second} <> 0)
)
"""


def gather_reading(connection: duckdb.DuckDBPyConnection) -> Reading:
    """Return what speaks for the features of the current model.

    Parameters
    ----------
    connection : duckdb connection
    """
    first = current_rows(connection)[0]
    names = first["feature_names"]
    rows = []
    if relation_exists(connection, "marts", "feature_stability"):
        rows = connection.execute(_STABILITY, [names]).fetchall()
    return Reading(
        correlations=tuple(
            _without_shared_zeros(connection, one)
            for one in _correlations(names, first.get("feature_correlations") or [])
        ),
        stabilities=tuple(Stability(*row[:3]) for row in rows),
        former_moment=max((row[3] for row in rows), default=None),
        later_moment=max((row[4] for row in rows), default=None),
        columns=gather_columns(connection, first),
        constants=tuple(first.get("constant_features") or ()),
        beyond_caps=beyond_caps(first),
    )


def _correlations(names: list[str], matrix: list[list[float | None]]) -> tuple[Correlation, ...]:
    pairs = [
        Correlation(names[i], names[j], value)
        for i, j in combinations(range(len(matrix)), 2)
        if (value := matrix[i][j]) is not None
    ]
    return tuple(sorted(pairs, key=lambda one: (-abs(one.value), one.first, one.second)))


def _without_shared_zeros(connection: duckdb.DuckDBPyConnection, one: Correlation) -> Correlation:
    if abs(one.value) <= THRESHOLD:
        return one
    first, second = ('"' + name.replace('"', '""') + '"' for name in (one.first, one.second))
    value, count = connection.execute(
        _WITHOUT_SHARED_ZEROS.format(first=first, second=second)
    ).fetchall()[0]
    is_known = count >= MINIMUM_USERS and value is not None and isfinite(value)
    return replace(one, without_shared_zeros=value if is_known else None)
