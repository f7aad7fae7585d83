"""The current segment model: its parameters, how each number of segments did, who lies where."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Total
from pipeline.runtime.errors import InputError

SCATTER_SIZE = 5_000


@dataclass(frozen=True)
class Model:
    """What was learned. `settings` are those of the training; ratios are shares of variance."""

    version: int
    feature_names: tuple[str, ...]
    components: tuple[tuple[float, ...], ...]
    explained_variance_ratios: tuple[float, ...]
    segment_count: int
    chosen_by: str
    eligible_user_count: Total
    training_user_count: Total
    as_of: dt.date
    settings: dict[str, Any]
    evaluations: dict[int, dict[str, float]]  # k -> criterion -> value

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that were computed, inertia and silhouette first."""
        found = {name for row in self.evaluations.values() for name in row}
        first = [name for name in ("inertia", "silhouette") if name in found]
        return (*first, *sorted(found - set(first)))

    def series(self, criterion: str) -> dict[int, float]:
        """Return one criterion by number of segments, where it was computed."""
        return {k: row[criterion] for k, row in self.evaluations.items() if criterion in row}

    @property
    def kept_variance(self) -> float:
        """The share of the variance that the kept components hold."""
        return sum(self.explained_variance_ratios[: len(self.components)])


_CURRENT = """
select * from marts.current_segment_model
order by segment_id
"""
_EVALUATION = """
select k, criterion, value from marts.model_evaluation
where model_version = ? and isfinite(value)
order by k, criterion
"""
# The same formula as the scoring: bound, standardise, project. Sampled by a hash of the id, so that
# the same store gives the same picture.
_SCATTER = """
with

sampled as (

    select user_id, segment_id from marts.user_segments
    where segment_id in (select unnest(?))
    order by md5(user_id::text), user_id
    limit ?

),

current_model as (

    select lower_bounds, upper_bounds, means, scales, components from marts.segment_model
    where model_version = ?
    order by segment_id
    limit 1

),

scaled as (

    select
        sampled.user_id,
        sampled.segment_id,
        current_model.components,
        [{features}] as features

    from sampled
    inner join marts.segment_inputs as inputs on sampled.user_id = inputs.user_id
    cross join current_model

)

select
    segment_id,
    list_dot_product(features, components[1]) as first_component,
    list_dot_product(features, components[2]) as second_component

from scaled
order by md5(user_id::text), user_id
"""
_FEATURE = """
        (least(greatest(inputs."{name}", lower_bounds[{i}]), upper_bounds[{i}]) - means[{i}])
        / scales[{i}]
"""


def current_rows(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows of the current model by column, one per segment.

    A model may be older than a column; then the column is missing or null.
    """
    found = connection.execute(_CURRENT)
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def gather_model(connection: duckdb.DuckDBPyConnection) -> Model:
    """Return the model with the highest version.

    Raises
    ------
    InputError
        When no model has been trained.
    """
    rows = current_rows(connection)
    if not rows:
        raise InputError(
            "No segment model has been trained in this warehouse:"
            " run `python run_pipeline.py model` first."
        )
    row = rows[0]
    version = row["model_version"]
    evaluations: dict[int, dict[str, float]] = {}
    for k, criterion, value in connection.execute(_EVALUATION, [version]).fetchall():
        evaluations.setdefault(k, {})[criterion] = value
    return Model(
        version=version,
        feature_names=tuple(row["feature_names"]),
        components=tuple(tuple(component) for component in row["components"]),
        explained_variance_ratios=tuple(row["explained_variance_ratios"]),
        segment_count=row["segment_count"],
        chosen_by=row["chosen_by"],
        eligible_user_count=Total(row["eligible_user_count"]),
        training_user_count=Total(row["training_user_count"]),
        as_of=row["as_of"],
        settings=json.loads(row["settings"] or "{}"),
        evaluations=evaluations,
    )


def gather_scatter(
    connection: duckdb.DuckDBPyConnection, model: Model, segment_ids: list[int]
) -> dict[int, tuple[tuple[float, float], ...]]:
    """Return the places of a sample of customers on the first two components, by segment.

    Parameters
    ----------
    connection : duckdb connection
    model : Model
    segment_ids : list of int
        The segments that may be shown.

    Returns
    -------
    dict of int to tuple of (float, float)
        Empty when the model keeps one component only. No id is among them.
    """
    if len(model.components) < 2 or not segment_ids:
        return {}
    features = ",".join(
        _FEATURE.format(name=name.replace('"', '""'), i=i)
        for i, name in enumerate(model.feature_names, start=1)
    )
    rows = connection.execute(
        _SCATTER.format(features=features), [segment_ids, SCATTER_SIZE, model.version]
    ).fetchall()
    places: dict[int, list[tuple[float, float]]] = {identifier: [] for identifier in segment_ids}
    for identifier, first, second in rows:
        places[identifier].append((first, second))
    return {identifier: tuple(found) for identifier, found in places.items()}
