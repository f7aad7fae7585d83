"""Every version of the model, and whether a new one is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from ml.model.config import SegmentationConfig
from ml.model.errors import NothingToSegment
from ml.model.parameters import SCHEMA, with_schema
from ml.predecessor import newest_model
from ml.training import TrainedModel, train


def with_current_model(
    earlier: pa.Table | None,
    load_users: Callable[[], pd.DataFrame],
    config: SegmentationConfig,
    *,
    load_past: Callable[[], pd.DataFrame] | None = None,
    retrain: bool,
    eligible_user_count: int,
    as_of: date | None,
    trained_at: datetime,
) -> pa.Table:
    """Return all versions, with a new one where there is a reason to train.

    Reasons are: there is no version, the settings or the features changed, the newest version is
    older than archetypes, or `retrain`. Without
    an eligible user nothing is trained and nothing is lost; nor is the first version where the
    users make no segments: they stay without, and what is known of them is published.

    Parameters
    ----------
    earlier : Table of `ml.model.parameters.SCHEMA`, or None
        The versions so far; an older table may lack columns.
    load_users : callable
        Returns the frame that `ml.training.train` takes; called only when training.
    load_past : callable, optional
        Returns users as they were, and what they did next (`out_of_time`); called only then.
    eligible_user_count : int
        How many users there are to label; training may see a sample of them.
    as_of : date
        The first day that the features do not see.
    trained_at : datetime
        For the record; nothing is computed from it.

    Raises
    ------
    SegmentationError
        As `ml.training.train` does, unless the users make no segments and there is no version.
    """
    versions = SCHEMA.empty_table() if earlier is None else with_schema(earlier)
    newest = max(versions["model_version"].to_pylist(), default=0)
    if eligible_user_count == 0 or not (retrain or _is_outdated(versions, newest, config)):
        return versions
    try:
        model = train(
            load_users(),
            config,
            past=None if load_past is None else load_past(),
            former=newest_model(versions),
        )
    except NothingToSegment:
        if newest == 0 and config.segment_count is None:
            return versions
        raise
    facts = {
        "model_version": newest + 1,
        "eligible_user_count": eligible_user_count,
        "as_of": as_of,
        "trained_at": trained_at,
        "settings": config.as_json(),
        "settings_fingerprint": config.fingerprint(),
    }
    return pa.concat_tables([versions, _rows(model, facts)])


def _is_outdated(versions: pa.Table, newest: int, config: SegmentationConfig) -> bool:
    columns = ["model_version", "settings_fingerprint", "archetype"]
    current = [
        row for row in versions.select(columns).to_pylist() if row["model_version"] == newest
    ]
    # Until there were archetypes, segments had names in words only, which no catalogue can say.
    return {row["settings_fingerprint"] for row in current} != {config.fingerprint()} or any(
        row["archetype"] is None for row in current
    )


def _rows(model: TrainedModel, facts: dict[str, object]) -> pa.Table:
    """Return one row per segment of a trained model."""
    shared = facts | _facts_of_version(model)
    rows = [shared | segment for segment in _facts_of_segments(model)]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _facts_of_version(model: TrainedModel) -> dict[str, object]:
    parameters = model.parameters
    return {
        "feature_names": list(parameters.feature_names),
        "constant_features": model.constant_features,
        "value_axis": None if model.value_axis is None else model.value_axis.direction.tolist(),
        "lower_bounds": parameters.scaling.lower_bounds.tolist(),
        "upper_bounds": parameters.scaling.upper_bounds.tolist(),
        "means": parameters.scaling.means.tolist(),
        "scales": parameters.scaling.scales.tolist(),
        "components": parameters.components.tolist(),
        "explained_variance_ratios": model.explained_variance_ratios.tolist(),
        "segment_count": len(model.names),
        "chosen_by": model.choice.chosen_by,
        "rule_segment_count": model.choice.rule_k,
        "verdict": model.choice.verdict,
        "null_correlation_error": model.evaluations[0].gain.correlation_error,
        "choices": [
            {"criterion": criterion, "k": k} for criterion, k in model.choice.by_criterion.items()
        ],
        "training_user_count": len(model.labels),
        "evaluation": model.criteria(),
        "verdicts": model.verdicts(),
        "thresholds": model.thresholds(),
        "tree_fidelity": model.explanation.fidelity,
        "bin_edges": [bins.edges.tolist() for bins in model.bins],
        "bin_shares": [bins.shares.tolist() for bins in model.bins],
        # A constant correlates with nothing, which a table says as null.
        "feature_correlations": [
            [None if np.isnan(rho) else rho for rho in row] for row in model.correlations.tolist()
        ],
    }


def _facts_of_segments(model: TrainedModel) -> Iterator[dict[str, object]]:
    parameters = model.parameters
    members = np.bincount(model.labels, minlength=len(model.names))
    for place, (name, found) in enumerate(
        zip(model.names, model.explanation.segments, strict=True)
    ):
        yield {
            "segment_id": int(parameters.segment_ids[place]),
            **name.as_row(),
            "member_count": int(members[place]),
            "bootstrap_jaccard": float(model.jaccards[place]),
            "centroid": parameters.centroids[place].tolist(),
            "tree_rules": found.as_code(),
            "tree_precision": found.precision,
            "tree_recall": found.recall,
            "feature_importances": model.importances[place].tolist(),
        }
