"""Every column that the model could read: what speaks for it and what against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, expm1
from typing import Any

import duckdb

from pipeline.reporting.segment_report.model_features.likeness import Likeness
from pipeline.warehouse.connection import relation_exists

_NO_COLUMNS = {"user_id", "is_eligible", "is_automatic"}
# How a column comes from the feature, by the beginning of its name, and the way back.
_TRANSFORMS: dict[str, tuple[str, Callable[[float], float]]] = {
    "log_": ("log", expm1),
    "ln_": ("ln", exp),
}


@dataclass(frozen=True)
class Column:
    """One column of `segment_inputs`.

    `transform` is 'log' of 1 + x, 'ln' of x itself, or 'as_it_is'.
    `closest` is the column, among those that the model reads, that ranks today's customers most
    like this one does, `rho` their rank correlation (Spearman). `psi` is the population stability
    index between the last two snapshots. `bounds` are the lowest and highest value that the model
    believes, in the unit of the feature, None for a column that it does not read.
    """

    name: str
    is_read: bool
    transform: str
    closest: str | None
    rho: float | None
    psi: float | None
    bounds: tuple[float, float] | None


_NAMES = """
select column_name from duckdb_columns()
where schema_name = 'marts' and table_name = 'segment_inputs'
order by column_index
"""
_LATEST_PSI = """
select feature_name, arg_max(psi, later_date) from marts.feature_stability group by feature_name
"""


def gather_columns(
    connection: duckdb.DuckDBPyConnection,
    model: Mapping[str, Any],
    closest: Mapping[str, Likeness],
) -> tuple[Column, ...]:
    """Return every column that the model could read, those that it reads first.

    Parameters
    ----------
    connection : duckdb connection
    model : mapping
        One row of the current model.
    closest : mapping of str to Likeness
        The closest one that the model reads, by column.
    """
    names = [name for (name,) in connection.execute(_NAMES).fetchall() if name not in _NO_COLUMNS]
    read = [name for name in model["feature_names"] if name in names]
    ordered = read + [name for name in names if name not in read]
    psi = {}
    if relation_exists(connection, "marts", "feature_stability"):
        psi = dict(connection.execute(_LATEST_PSI).fetchall())
    bounds = _bounds(model)
    return tuple(
        Column(
            name=name,
            is_read=name in read,
            transform=_transform(name)[0],
            closest=closest[name].other if name in closest else None,
            rho=closest[name].value if name in closest else None,
            psi=psi.get(name),
            bounds=bounds.get(name),
        )
        for name in ordered
    )


def beyond_bounds(model: Mapping[str, Any]) -> float:
    """Return how many of the customers who trained lie beyond each bound.

    Parameters
    ----------
    model : mapping
        One row of the current model.
    """
    settings = json.loads(model.get("settings") or "{}")
    return float(settings.get("clipping_quantile", 0.0) * (model.get("training_user_count") or 0))


def _bounds(model: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    lower, upper = model.get("lower_bounds"), model.get("upper_bounds")
    if not lower or not upper:
        return {}
    return {
        name: (_unlogged(name, low), _unlogged(name, high))
        for name, low, high in zip(model["feature_names"], lower, upper, strict=True)
    }


def _unlogged(name: str, value: float) -> float:
    """Return a value in the unit of its feature."""
    return _transform(name)[1](value)


def _transform(name: str) -> tuple[str, Callable[[float], float]]:
    found = (way for prefix, way in _TRANSFORMS.items() if name.startswith(prefix))
    return next(found, ("as_it_is", float))
