"""The order of segments: by value, most valuable first."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
