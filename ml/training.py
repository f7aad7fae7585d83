"""Training: the order of the steps, from users to a named segmentation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from ml.config import SegmentationConfig
from ml.criteria import Evaluation, evaluate, knee_distances
from ml.errors import SegmentationError, TooFewUsers
from ml.matching import canonical_order
from ml.naming import PROFILE_FEATURES, SegmentName, name_segments
from ml.parameters import ModelParameters
from ml.scaling import learn_scaling
from ml.segmentation import Segmentation, count_distinct, fit_segments, learn_components
from ml.selection import Choice, choose


@dataclass(frozen=True)
class TrainedModel:
    """A segmentation and everything that argues for it.

    `labels` (n_users,) are places in `parameters.segment_ids`, most valuable segment first;
    `names` and `jaccards`, how well each segment comes back from resamples, have one entry a
    segment, in the same order.
    """

    parameters: ModelParameters
    labels: np.ndarray
    names: tuple[SegmentName, ...]
    jaccards: np.ndarray
    explained_variance_ratios: np.ndarray
    evaluations: tuple[Evaluation, ...]
    choice: Choice

    def criteria(self) -> list[dict[str, object]]:
        """Return every figure of every candidate: k, criterion, value."""
        distances = knee_distances(np.array([entry.inertia for entry in self.evaluations]))
        return [
            {"k": entry.k, "criterion": criterion, "value": float(value)}
            for entry, distance in zip(self.evaluations, distances, strict=True)
            for criterion, value in {**entry.figures(), "knee_distance": distance}.items()
        ]


def train(users: pd.DataFrame, config: SegmentationConfig) -> TrainedModel:
    """Learn a segmentation.

    Parameters
    ----------
    users : DataFrame
        One row per eligible user: `user_id`, the columns of `config.feature_names`, and those of
        `ml.naming.PROFILE_FEATURES`. The order of the rows does not matter.

    Raises
    ------
    TooFewUsers
        When there are fewer distinct users than segments need.
    SegmentationError
        For a missing column, a value that is no finite number, a user twice, or users that nothing
        distinguishes.
    """
    users = _checked(users, config)
    values = users[list(config.feature_names)].to_numpy(float)
    # Sums in another order are other sums: on several threads the same users would get other
    # centroids from one run to the next.
    with threadpool_limits(1):
        scaling = learn_scaling(values, cap_quantile=config.cap_quantile)
        scaled = scaling.apply(values)
        _require_differences(scaled, config)
        components = learn_components(scaled, explained_variance=config.explained_variance)
        points = components.project(scaled)
        candidates = _candidates(points, config)
        solutions = {k: _fit(points, k, config) for k in candidates}
        evaluations = evaluate(values, points, solutions, config)
    choice = choose(evaluations, asked=config.segment_count)
    solution = solutions[choice.k]
    order = canonical_order(solution.labels, users)
    labels = np.argsort(order)[solution.labels]
    jaccards = evaluations[candidates.index(choice.k)].stability.jaccards[order]
    return TrainedModel(
        ModelParameters(
            config.feature_names,
            scaling,
            components.axes,
            solution.centroids[order],
            np.arange(choice.k),
        ),
        labels,
        name_segments(labels, users),
        jaccards,
        components.explained_variance_ratios,
        evaluations,
        choice,
    )


def _checked(users: pd.DataFrame, config: SegmentationConfig) -> pd.DataFrame:
    """Return the users in the order of their ids, or say what is wrong with them."""
    if users.empty:
        raise TooFewUsers(
            f"0 eligible users: add files, or lower min_events (now {config.min_events})."
        )
    needed = [*config.feature_names, *PROFILE_FEATURES]
    missing = sorted({"user_id", *needed} - set(users.columns))
    if missing:
        raise SegmentationError(f"The users have no column {', '.join(missing)}.")
    if users["user_id"].duplicated().any():
        count = int(users["user_id"].duplicated().sum())
        raise SegmentationError(f"{count} users are there twice; one row per user is needed.")
    for name in needed:
        wrong = int((~np.isfinite(users[name].to_numpy(float))).sum())
        if wrong:
            raise SegmentationError(f"{name} is no finite number for {wrong} users.")
    return users.sort_values("user_id", kind="stable").reset_index(drop=True)


def _require_differences(scaled: np.ndarray, config: SegmentationConfig) -> None:
    distinct = count_distinct(scaled)
    if len(scaled) > 1 and distinct == 1:
        raise SegmentationError(
            f"Nothing distinguishes the {len(scaled)} eligible users: every feature is constant."
        )
    # One user alone has no variance, hence no components to count on.
    _require_enough(distinct, config)


def _require_enough(distinct: int, config: SegmentationConfig) -> None:
    asked = config.segment_count
    needed = (config.k_min if asked is None else asked) + 1
    if distinct < needed:
        raise TooFewUsers(
            f"{distinct} distinct eligible users are too few for {needed - 1} segments, which need"
            f" {needed}: add files, or lower min_events (now {config.min_events})."
        )


def _candidates(points: np.ndarray, config: SegmentationConfig) -> list[int]:
    """Return the numbers of segments that these users allow.

    Counted where K-Means works: users that differ may coincide on the kept components.
    """
    distinct = count_distinct(points)
    _require_enough(distinct, config)
    asked = config.segment_count
    largest = min(config.k_max, distinct - 1)
    candidates = set(range(config.k_min, largest + 1))
    return sorted(candidates | ({asked} if asked is not None else set()))


def _fit(points: np.ndarray, k: int, config: SegmentationConfig) -> Segmentation:
    return fit_segments(
        points, k, restart_count=config.restart_count, random_seed=config.random_seed
    )
