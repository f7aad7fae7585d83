"""How much of an outcome is predicted of users that the prediction has not seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

FOLD_COUNT = 3
#: Of a few hundred users a single partition is a matter of luck: the mean of several is taken.
PARTITION_COUNT = 5
#: Fewer users than this give a measure of luck.
FEWEST_USERS = 200


def held_out_share(
    outcomes: np.ndarray,
    predict: Callable[[np.ndarray], np.ndarray],
    *,
    random_seed: int = 0,
    fold_count: int = FOLD_COUNT,
) -> float:
    """Return the share of the variance of an outcome that is predicted out of fold.

    Parameters
    ----------
    outcomes : finite float array of shape (n_users,)
        In a fixed order of the users: the folds are drawn by their places.
    predict : callable
        Takes a boolean array of shape (n_users,), which users are held out, and returns what is
        predicted of them from all others, shape (n_held_out,).
    random_seed : int
        Of the partitions.
    fold_count : int
        Of each partition.

    Returns
    -------
    float in [0, 1]
        R squared on users that were held out, the mean over `PARTITION_COUNT` partitions into
        `fold_count` folds; 0 where the prediction is worse than the mean of everybody. NaN for
        fewer users than folds, or where the outcome is the same for everybody.
    """
    outcomes = np.asarray(outcomes, float)
    if len(outcomes) < fold_count or outcomes.min() == outcomes.max():
        return float("nan")
    unexplained = []
    for number in range(PARTITION_COUNT):
        places = np.random.default_rng([random_seed, number]).permutation(len(outcomes))
        predicted = np.empty(len(outcomes))
        for fold in range(fold_count):
            is_held_out = places % fold_count == fold
            predicted[is_held_out] = predict(is_held_out)
        unexplained.append(((outcomes - predicted) ** 2).sum())
    all_of_it = ((outcomes - outcomes.mean()) ** 2).sum()
    return max(0.0, 1 - float(np.mean(unexplained) / all_of_it))


def predictable_share(
    features: np.ndarray,
    outcomes: np.ndarray,
    *,
    random_seed: int = 0,
    fold_count: int = FOLD_COUNT,
) -> float:
    """Return the share that gradient boosting predicts from features: a benchmark, and no limit.

    On one thread, where sums have one order.

    Parameters
    ----------
    features : float array of shape (n_users, n_features)
    outcomes : finite float array of shape (n_users,)
        In a fixed order of the users.

    Returns
    -------
    float in [0, 1]
        As `held_out_share`; NaN for fewer than `FEWEST_USERS` users, too.

    Examples
    --------
    >>> ages = np.arange(400.0)[:, None]
    >>> predictable_share(ages, (ages[:, 0] > 200) * 1.0) > 0.95
    True
    """
    outcomes = np.asarray(outcomes, float)
    if len(outcomes) < FEWEST_USERS:
        return float("nan")

    def predict(is_held_out: np.ndarray) -> np.ndarray:
        model = _regressor(random_seed).fit(features[~is_held_out], outcomes[~is_held_out])
        return np.asarray(model.predict(features[is_held_out]))

    with threadpool_limits(1):
        return held_out_share(outcomes, predict, random_seed=random_seed, fold_count=fold_count)


def share_by_group(
    labels: np.ndarray,
    outcomes: np.ndarray,
    *,
    random_seed: int = 0,
    fold_count: int = FOLD_COUNT,
) -> float:
    """Return the share that the means of groups predict of users who were not in these means.

    Many small groups explain some of any outcome by chance, so the share that they explain of their
    own members says little. Who is alone in a group is predicted by the mean of all.

    Parameters
    ----------
    labels : array of shape (n_users,)
        Group of each user, of any type that can be sorted.
    outcomes : finite float array of shape (n_users,)
        In a fixed order of the users.

    Returns
    -------
    float in [0, 1]
        As `held_out_share`.

    Examples
    --------
    >>> round(share_by_group(np.arange(300) % 2, np.arange(300) % 2 * 1.0), 9)
    1.0
    >>> share_by_group(np.arange(300), np.arange(300) % 2 * 1.0)
    0.0
    """
    outcomes = np.asarray(outcomes, float)
    names, places = np.unique(labels, return_inverse=True)

    def predict(is_held_out: np.ndarray) -> np.ndarray:
        seen = places[~is_held_out]
        counts = np.bincount(seen, minlength=len(names))
        sums = np.bincount(seen, weights=outcomes[~is_held_out], minlength=len(names))
        everybody = outcomes[~is_held_out].mean()
        means = np.where(counts > 0, sums / np.maximum(counts, 1), everybody)
        return means[places[is_held_out]]

    return held_out_share(outcomes, predict, random_seed=random_seed, fold_count=fold_count)


def _regressor(random_seed: int) -> HistGradientBoostingRegressor:
    """Return a few small trees: more of them learn noise, of which a month of revenue is full."""
    return HistGradientBoostingRegressor(
        learning_rate=0.2,
        max_iter=30,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        early_stopping=False,
        random_state=random_seed,
    )
