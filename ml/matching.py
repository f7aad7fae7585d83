"""Which id a segment gets: by value at first, by its members ever after."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

# Hennig (2007): below this Jaccard index a cluster is dissolved, and what is there now is another.
MINIMUM_JACCARD = 0.5

#: What orders segments, most valuable first.
VALUE_FEATURES = ("revenue", "order_count", "cart_count", "active_day_count", "event_count")


def canonical_order(labels: np.ndarray, profile: pd.DataFrame) -> np.ndarray:
    """Order segments by the mean revenue of their members, then by orders, carts and activity.

    K-Means numbers its clusters by chance; an order by value does not depend on it.

    Parameters
    ----------
    labels : int array of shape (n_users,)
    profile : DataFrame of n_users rows
        With the features of value, raw.

    Returns
    -------
    int array of shape (k,)
        The labels, most valuable first.
    """
    means = profile[list(VALUE_FEATURES)].groupby(labels).mean()
    by_value = means.sort_values(list(VALUE_FEATURES), ascending=False, kind="stable")
    return by_value.index.to_numpy()


def jaccard_matrix(earlier: np.ndarray, later: np.ndarray) -> pd.DataFrame:
    """Return shared members / all members, for each earlier (row) and later (column) segment."""
    shared = pd.crosstab(earlier, later)
    all_members = shared.sum(axis=1).to_numpy()[:, None] + shared.sum().to_numpy()[None, :] - shared
    return shared / all_members


def persistent_ids(earlier: np.ndarray, later: np.ndarray, *, used_ids: set[int]) -> dict[int, int]:
    """Map later segments onto the earlier ids with which they share most members.

    Parameters
    ----------
    earlier, later : int array of shape (n_users,)
        Segment ids of the same users by the earlier model, and labels by the later one.
    used_ids : set of int
        Every id that was ever given: a new segment never gets one of them.

    Returns
    -------
    dict from later label to id
        The best assignment as a whole (Kuhn 1955); a pair that shares less than `MINIMUM_JACCARD`
        of its members is none.

    Examples
    --------
    >>> persistent_ids(np.array([4, 4, 7, 7]), np.array([1, 1, 0, 0]), used_ids={4, 7})
    {0: 7, 1: 4}
    """
    jaccard = jaccard_matrix(earlier, later)
    shares = jaccard.to_numpy(float)
    rows, columns = linear_sum_assignment(-shares)
    kept = {
        int(jaccard.columns[column]): int(jaccard.index[row])
        for row, column in zip(rows, columns, strict=True)
        if shares[row, column] >= MINIMUM_JACCARD
    }
    free = max(used_ids, default=-1) + 1
    ids = {}
    for label in sorted(int(label) for label in jaccard.columns):
        ids[label] = kept.get(label, free)
        free += label not in kept
    return ids
