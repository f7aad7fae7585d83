"""How much of an outcome could be predicted at all, whatever the users are grouped by."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

FOLD_COUNT = 3
#: Fewer users than this give a measure of luck.
FEWEST_USERS = 200


def predictable_share(features: np.ndarray, outcomes: np.ndarray, *, random_seed: int = 0) -> float:
    """Return the share of the variance of an outcome that gradient boosting predicts.

    Each user is predicted by a model that was fitted without them (out of fold), so that nothing is
    gained by learning users by heart. On one thread, where sums have one order.

    Parameters
    ----------
    features : float array of shape (n_users, n_features)
    outcomes : finite float array of shape (n_users,)
        In a fixed order of the users: the folds take every third.

    Returns
    -------
    float in [0, 1]
        R squared on users that were held out; 0 where the prediction is worse than the mean. NaN
        for fewer than `FEWEST_USERS` users, or where the outcome is the same for everybody.

    Examples
    --------
    >>> ages = np.arange(400.0)[:, None]
    >>> predictable_share(ages, (ages[:, 0] > 200) * 1.0) > 0.95
    True
    """
    outcomes = np.asarray(outcomes, float)
    if len(outcomes) < FEWEST_USERS or outcomes.min() == outcomes.max():
        return float("nan")
    folds = np.arange(len(outcomes)) % FOLD_COUNT
    predicted = np.empty(len(outcomes))
    with threadpool_limits(1):
        for fold in range(FOLD_COUNT):
            fitted = _regressor(random_seed).fit(features[folds != fold], outcomes[folds != fold])
            predicted[folds == fold] = fitted.predict(features[folds == fold])
    unexplained = ((outcomes - predicted) ** 2).sum()
    return max(0.0, 1 - float(unexplained / ((outcomes - outcomes.mean()) ** 2).sum()))


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
