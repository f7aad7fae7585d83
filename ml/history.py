"""Every version of the model, and whether a new one is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from ml.config import SegmentationConfig
from ml.matching import persistent_ids
from ml.parameters import SCHEMA, parameters_of, with_schema
from ml.training import TrainedModel, train


def with_current_model(
    earlier: pa.Table | None,
    load_users: Callable[[], pd.DataFrame],
    config: SegmentationConfig,
    *,
    retrain: bool,
    eligible_user_count: int,
    as_of: date | None,
    trained_at: datetime,
) -> pa.Table:
    """Return all versions, with a new one where there is a reason to train.

    Reasons are: there is no version, the settings or the features changed, or `retrain`. Without
    an eligible user nothing is trained and nothing is lost.

    Parameters
    ----------
    earlier : Table of `ml.parameters.SCHEMA`, or None
        The versions so far; an older table may lack columns.
    load_users : callable
        Returns the frame that `ml.training.train` takes; called only when training.
    eligible_user_count : int
        How many users there are to label; training may see a sample of them.
    as_of : date
        The first day that the features do not see.
    trained_at : datetime
        For the record; nothing is computed from it.

    Raises
    ------
    SegmentationError
        As `ml.training.train` does.
    """
    versions = SCHEMA.empty_table() if earlier is None else with_schema(earlier)
    newest = max(versions["model_version"].to_pylist(), default=0)
    if eligible_user_count == 0 or not (retrain or _is_outdated(versions, newest, config)):
        return versions
    users = load_users()
    model = train(users, config)
    if newest:
        model = _with_persistent_ids(model, users, versions, newest)
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
    fingerprints = {
        row["settings_fingerprint"]
        for row in versions.select(["model_version", "settings_fingerprint"]).to_pylist()
        if row["model_version"] == newest
    }
    return fingerprints != {config.fingerprint()}


def _with_persistent_ids(
    model: TrainedModel, users: pd.DataFrame, versions: pa.Table, newest: int
) -> TrainedModel:
    """Give the segments the ids of the newest version that hold the same users."""
    former = parameters_of(versions, newest)
    used_ids = set(versions["segment_id"].to_pylist())
    if not set(former.feature_names) <= set(users.columns):
        # It cannot label these users, so nobody can say which segment is which.
        first = max(used_ids) + 1
        ids = np.arange(first, first + len(model.names))
    else:
        ordered = users.sort_values("user_id", kind="stable")
        labels = former.predict(ordered[list(former.feature_names)].to_numpy(float))
        mapping = persistent_ids(labels, model.labels, used_ids=used_ids)
        ids = np.array([mapping[label] for label in range(len(model.names))])
    order = np.argsort(ids)
    return replace(
        model,
        parameters=replace(
            model.parameters,
            segment_ids=ids[order],
            centroids=model.parameters.centroids[order],
        ),
        labels=np.argsort(order)[model.labels],
        jaccards=model.jaccards[order],
        names=tuple(model.names[place] for place in order),
    )


def _rows(model: TrainedModel, facts: dict[str, object]) -> pa.Table:
    """Return one row per segment of a trained model."""
    parameters = model.parameters
    shared = {
        **facts,
        "feature_names": list(parameters.feature_names),
        "lower_caps": parameters.scaling.lower_caps.tolist(),
        "upper_caps": parameters.scaling.upper_caps.tolist(),
        "means": parameters.scaling.means.tolist(),
        "scales": parameters.scaling.scales.tolist(),
        "components": parameters.components.tolist(),
        "explained_variance_ratios": model.explained_variance_ratios.tolist(),
        "segment_count": len(model.names),
        "chosen_by": model.choice.chosen_by,
        "verdict": model.choice.verdict,
        "choices": [
            {"criterion": criterion, "k": k} for criterion, k in model.choice.by_criterion.items()
        ],
        "training_user_count": len(model.labels),
        "evaluation": model.criteria(),
    }
    members = np.bincount(model.labels, minlength=len(model.names))
    rows = [
        {
            **shared,
            "segment_id": int(parameters.segment_ids[place]),
            "segment_name": name.english,
            "segment_name_fr": name.french,
            "naming_rule": name.rule,
            "naming_rule_fr": name.rule_french,
            "recommended_action": name.action,
            "recommended_action_fr": name.action_french,
            "member_count": int(members[place]),
            "bootstrap_jaccard": float(model.jaccards[place]),
            "centroid": parameters.centroids[place].tolist(),
        }
        for place, name in enumerate(model.names)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
