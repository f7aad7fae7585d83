"""Training: the order of the steps, from users to a named segmentation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from ml.choice_of_k.criteria import Evaluation, evaluate, knee_distances
from ml.choice_of_k.out_of_time import out_of_time_values
from ml.choice_of_k.selection import THRESHOLDS, Choice, choose, verdict
from ml.description.explanation import Explanation, explain
from ml.description.importance import feature_importance
from ml.description.measures import RULE_UNITS
from ml.description.naming import SegmentName, name_segments
from ml.description.profiles import PROFILE_COLUMNS, PROFILE_FEATURES
from ml.features.drift import Bins, learn_bins
from ml.features.redundancy import rank_correlations
from ml.model.config import SegmentationConfig
from ml.model.errors import NothingToSegment, SegmentationError, TooFewUsers
from ml.model.order import canonical_order
from ml.model.parameters import ModelParameters
from ml.model.preparation import Preparation
from ml.model.scaling import Scaling, learn_scaling
from ml.model.segmentation import (
    Segmentation,
    count_distinct,
    fit_segments,
    former_or_best,
    learn_components,
)
from ml.model.value_axis import ValueAxis, learn_value_axis
from ml.predecessor import Predecessor

# With four conditions the tree never names the most valuable of seven segments of the synthetic
# store (fidelity 0.83 instead of 0.91); a sixth adds 0.005.
_TREE_DEPTH = 5
# What is kept is worth more starts than a resample: a solution that three starts in ten reach is
# missed by ten of them once in thirty-five times, and another cut then replaces it.
_STARTS_OF_A_MODEL = 5


@dataclass(frozen=True)
class TrainedModel:
    """A segmentation and everything that argues for it.

    `labels` (n_users,) are places in `parameters.segment_ids`. What a segment has one of stands in
    the same order: `names`, `jaccards`, how well each comes back from resamples, and
    `explanation.segments`. What a feature has one of stands in the order of
    `parameters.feature_names`: `bins`, both sides of `correlations`, by rank, and the columns of
    `importances`, shape (k, n_features). `value_axis` is None where nothing was stretched.
    """

    parameters: ModelParameters
    labels: np.ndarray
    names: tuple[SegmentName, ...]
    jaccards: np.ndarray
    explained_variance_ratios: np.ndarray
    evaluations: tuple[Evaluation, ...]
    choice: Choice
    explanation: Explanation
    bins: tuple[Bins, ...]
    correlations: np.ndarray
    importances: np.ndarray
    value_axis: ValueAxis | None

    @property
    def constant_features(self) -> list[str]:
        """Features that are the same for everybody between their bounds: left out of the model."""
        names = np.array(self.parameters.feature_names)
        return names[self.parameters.scaling.is_constant].tolist()

    def criteria(self) -> list[dict[str, object]]:
        """Return every figure of every candidate: k, criterion, value."""
        distances = knee_distances(np.array([entry.inertia for entry in self.evaluations]))
        return [
            {"k": entry.k, "criterion": criterion, "value": float(value)}
            for entry, distance in zip(self.evaluations, distances, strict=True)
            for criterion, value in {**entry.figures(), "knee_distance": distance}.items()
        ]

    def verdicts(self) -> list[dict[str, object]]:
        """Return what may be claimed of every candidate: k, verdict."""
        return [{"k": entry.k, "verdict": verdict(entry)} for entry in self.evaluations]

    def thresholds(self) -> list[dict[str, object]]:
        """Return what the criteria had to reach: criterion, threshold."""
        return [{"criterion": name, "threshold": least} for name, least in THRESHOLDS.items()]


def train(
    users: pd.DataFrame,
    config: SegmentationConfig,
    *,
    past: pd.DataFrame | None = None,
    former: Predecessor | None = None,
) -> TrainedModel:
    """Learn a segmentation.

    Parameters
    ----------
    users : DataFrame
        One row per eligible user: `user_id`, the columns of `config.feature_names`, and those of
        `profiles.PROFILE_COLUMNS`; what else `measures.RULE_UNITS` holds helps to explain the
        segments. The order of the rows does not matter.
    past : DataFrame, optional
        Users as they were, and what they did next: see `ml.choice_of_k.out_of_time`.
    former : Predecessor, optional
        The model whose ids and names the segments keep where the members do. Without it they are
        numbered from 0, most valuable first.

    Raises
    ------
    TooFewUsers
        When there are fewer distinct users than segments need.
    SegmentationError
        For a missing column, a value that is not finite, a user twice, or users that nothing
        distinguishes.
    """
    users = _checked(users, config)
    values = users[list(config.feature_names)].to_numpy(float)
    # Sums in another order are other sums: on several threads the same users would get other
    # centroids from one run to the next.
    with threadpool_limits(1):
        scaling = _scaling(values, config)
        axis = learn_value_axis(past, scaling, value_weight=config.value_weight)
        known = _former_labels(users, former, config)
        first = axis if config.value_first else None
        attempt = _attempt(values, past, scaling, first, config, known)
        # Without types to be found, a cut that tells spending apart is worth more than any other.
        if axis is not None and not config.value_first and not attempt.has_natural:
            attempt = _attempt(values, past, scaling, axis, config, known)
        preparation, solutions, evaluations = attempt.parts
        choice = choose(evaluations, asked=config.segment_count, former=_rule_count(former, config))
        solution = solutions[choice.k]
        order, ids = _numbered(solution.labels, users, former)
        labels = np.argsort(order)[solution.labels]
        return TrainedModel(
            ModelParameters(
                config.feature_names,
                preparation.scaling,
                preparation.projection,
                solution.centroids[order],
                ids,
            ),
            labels,
            name_segments(labels, users, former=_former_names(ids, former)),
            evaluations[list(solutions).index(choice.k)].stability.jaccards[order],
            preparation.components.explained_variance_ratios,
            evaluations,
            choice,
            _explain(labels, users, config),
            tuple(learn_bins(column) for column in values.T),
            rank_correlations(users[list(config.feature_names)]).to_numpy(),
            feature_importance(solution.centroids[order], preparation.components.axes),
            attempt.axis,
        )


@dataclass(frozen=True)
class _Attempt:
    """Every number of segments in one space: as it is, or stretched along the value axis."""

    axis: ValueAxis | None
    preparation: Preparation
    solutions: dict[int, Segmentation]
    evaluations: tuple[Evaluation, ...]

    @property
    def has_natural(self) -> bool:
        return any(verdict(one) == "natural" for one in self.evaluations)

    @property
    def parts(self) -> tuple[Preparation, dict[int, Segmentation], tuple[Evaluation, ...]]:
        return self.preparation, self.solutions, self.evaluations


def _attempt(
    values: np.ndarray,
    past: pd.DataFrame | None,
    scaling: Scaling,
    axis: ValueAxis | None,
    config: SegmentationConfig,
    known: np.ndarray | None,
) -> _Attempt:
    preparation = _prepare(values, scaling, axis, config)
    points = preparation.apply(values)
    solutions = {k: _fit(points, k, config, known) for k in _candidates(points, config)}
    later = out_of_time_values(past, preparation, solutions)
    evaluations = evaluate(
        values, points, solutions, config, out_of_time=later, stretch=preparation.stretch
    )
    return _Attempt(axis, preparation, solutions, evaluations)


def _checked(users: pd.DataFrame, config: SegmentationConfig) -> pd.DataFrame:
    """Return the users in the order of their ids, or say what is wrong with them."""
    if users.empty:
        raise TooFewUsers(
            f"0 eligible users: add files, or lower min_events (now {config.min_events})."
        )
    needed = [*config.feature_names, *PROFILE_FEATURES]
    missing = sorted({"user_id", *needed, *PROFILE_COLUMNS} - set(users.columns))
    if missing:
        raise SegmentationError(f"The users have no column {', '.join(missing)}.")
    if users["user_id"].duplicated().any():
        twice = _counted(int(users["user_id"].duplicated().sum()), "user is", "users are")
        raise SegmentationError(f"{twice} there twice; one row per user is needed.")
    for name in needed:
        wrong = int((~np.isfinite(users[name].to_numpy(float))).sum())
        if wrong:
            of_users = _counted(wrong, "user", "users")
            raise SegmentationError(f"{name} is not a finite number for {of_users}.")
    return users.sort_values("user_id", kind="stable").reset_index(drop=True)


def _scaling(values: np.ndarray, config: SegmentationConfig) -> Scaling:
    """Learn bounds and scales of users who differ in something."""
    scaling = learn_scaling(values, clipping_quantile=config.clipping_quantile)
    distinct = count_distinct(scaling.apply(values))
    if len(values) > 1 and distinct == 1:
        raise NothingToSegment(
            f"Nothing distinguishes the {len(values)} eligible users: every feature is constant."
        )
    # One user alone has no variance, hence no components to count on.
    _require_enough(distinct, config)
    return scaling


def _prepare(
    values: np.ndarray, scaling: Scaling, axis: ValueAxis | None, config: SegmentationConfig
) -> Preparation:
    scaled = scaling.apply(values)
    stretch = None if axis is None else axis.stretch
    stretched = scaled if stretch is None else scaled @ stretch
    components = learn_components(stretched, explained_variance=config.explained_variance)
    return Preparation(scaling, components, stretch)


def _require_enough(distinct: int, config: SegmentationConfig) -> None:
    asked = config.segment_count
    needed = (config.k_min if asked is None else asked) + 1
    if distinct < needed:
        users = _counted(distinct, "distinct eligible user is", "distinct eligible users are")
        raise TooFewUsers(
            f"{users} too few for {needed - 1} segments, which need {needed}: add files, or lower"
            f" min_events (now {config.min_events})."
        )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


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


def _fit(
    points: np.ndarray, k: int, config: SegmentationConfig, known: np.ndarray | None
) -> Segmentation:
    """Find k segments; where the former ones are nearly as good, what these become."""
    starts = _STARTS_OF_A_MODEL * config.restart_count
    best = fit_segments(points, k, restart_count=starts, random_seed=config.random_seed)
    return best if known is None else former_or_best(best, points, known)


def _former_labels(
    users: pd.DataFrame, former: Predecessor | None, config: SegmentationConfig
) -> np.ndarray | None:
    """Return the segments of the former model; None where it read other features."""
    if former is None or former.parameters.feature_names != config.feature_names:
        return None
    return former.parameters.predict(users[list(config.feature_names)].to_numpy(float))


def _rule_count(former: Predecessor | None, config: SegmentationConfig) -> int | None:
    """Return the number that the rule chose before; other features are another question."""
    if former is None or former.parameters.feature_names != config.feature_names:
        return None
    return former.rule_count


def _numbered(
    labels: np.ndarray, users: pd.DataFrame, former: Predecessor | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the segments in the order of their ids, and these ids, ascending."""
    by_value = canonical_order(labels, users)
    if former is None:
        return by_value, np.arange(len(by_value))
    ids = former.ids_for(np.argsort(by_value)[labels], users)
    return by_value[np.argsort(ids)], np.sort(ids)


def _former_names(ids: np.ndarray, former: Predecessor | None) -> dict[int, SegmentName]:
    names = {} if former is None else former.names
    return {place: names[int(at)] for place, at in enumerate(ids) if int(at) in names}


def _explain(labels: np.ndarray, users: pd.DataFrame, config: SegmentationConfig) -> Explanation:
    """Explain the segments by every column that rules can speak of."""
    readable = [
        name
        for name in RULE_UNITS
        if name in users.columns and np.isfinite(users[name].to_numpy(float)).all()
    ]
    return explain(
        labels,
        users[readable],
        max_depth=_TREE_DEPTH,
        min_group_size=config.min_group_size,
        random_seed=config.random_seed,
    )
