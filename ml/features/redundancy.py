"""Redundancy: features that rank users alike, of which one is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.stats import rankdata

#: Two features whose ranks correlate more than this, in either direction, say the same thing.
THRESHOLD = 0.9
#: With fewer users who have both features, a correlation is not evidence.
MINIMUM_USERS = 30

#: One row per column and another one that the model reads.
REDUNDANCY_SCHEMA = pa.schema(
    [
        ("feature_name", pa.string()),
        ("model_feature_name", pa.string()),
        ("is_read", pa.bool_()),
        ("rank_correlation", pa.float64()),
        ("rank_correlation_without_shared_zeros", pa.float64()),
        ("threshold", pa.float64()),
        ("is_redundant", pa.bool_()),
        ("sample_size", pa.int64()),
    ]
)


def rank_correlations(features: pd.DataFrame) -> pd.DataFrame:
    """Return the rank correlation (Spearman 1904) of every two columns, ties at their mean rank.

    Where a value is missing, the users who have both columns are compared. Fewer than
    `MINIMUM_USERS` show nothing, and a constant correlates with nothing: NaN.

    Parameters
    ----------
    features : DataFrame of shape (n_users, n_features)
        Numbers; missing ones as NaN.

    Returns
    -------
    DataFrame of shape (n_features, n_features)
    """
    values = features.to_numpy(float, na_value=np.nan)
    is_there = ~np.isnan(values)
    complete = np.flatnonzero(is_there.all(axis=0))
    rho = np.full((values.shape[1],) * 2, np.nan)
    if len(values) >= MINIMUM_USERS:
        rho[np.ix_(complete, complete)] = _correlations(values[:, complete])
    for place in np.setdiff1d(np.arange(values.shape[1]), complete):
        for other in range(values.shape[1]):
            both = is_there[:, place] & is_there[:, other]
            if both.sum() >= MINIMUM_USERS:
                pair = values[both][:, [place, other]]
                rho[place, other] = rho[other, place] = _correlations(pair)[0, 1]
    return pd.DataFrame(rho, index=features.columns, columns=features.columns)


def _correlations(values: np.ndarray) -> np.ndarray:
    ranks = rankdata(values, axis=0)
    centred = ranks - ranks.mean(axis=0)
    lengths = np.sqrt((centred**2).sum(axis=0))
    with np.errstate(invalid="ignore"):
        return np.clip(centred.T @ centred / np.outer(lengths, lengths), -1, 1)


def feature_redundancy(
    users: pd.DataFrame,
    model_features: Sequence[str],
    *,
    sample_size: int,
    threshold: float = THRESHOLD,
) -> pa.Table:
    """Return how alike each column ranks the users, and each other one that the model reads.

    Two that agree on who has nothing (orders, and their value) correlate, even where they agree on
    nothing else. So of a close pair the correlation is computed again among the users for whom not
    both are zero: where it is low, one of them may well be kept for what it says about the others.

    Parameters
    ----------
    users : DataFrame of shape (n_users, n_columns)
        Every column that a model may read, as numbers; missing ones as NaN.
    model_features : sequence of str
        Those that the model reads; what is not a column is passed over.
    sample_size : int
        How many users there are at the most; only passed on.
    threshold : float in (0, 1]

    Returns
    -------
    table of `REDUNDANCY_SCHEMA`
        A correlation is null where fewer than `MINIMUM_USERS` are left to compare, or one of the
        two is the same for all of them; without shared zeros also where the pair is not close.

    Examples
    --------
    >>> visits = np.arange(40.0)
    >>> users = pd.DataFrame({"sessions": visits, "days": visits**2, "price": visits % 7})
    >>> for row in feature_redundancy(users, ["days"], sample_size=40).to_pylist():
    ...     print(row["feature_name"], row["model_feature_name"], row["is_redundant"])
    sessions days True
    price days False
    """
    read = [name for name in model_features if name in users.columns]
    rho = rank_correlations(users).to_dict()
    rows = [
        {
            "feature_name": name,
            "model_feature_name": other,
            "is_read": name in read,
            "sample_size": sample_size,
        }
        | _likeness(users[[name, other]], float(rho[name][other]), threshold)
        for name in map(str, users.columns)
        for other in read
        if other != name
    ]
    return pa.Table.from_pylist(rows, schema=REDUNDANCY_SCHEMA)


def _likeness(pair: pd.DataFrame, rho: float, threshold: float) -> dict[str, Any]:
    is_close = abs(rho) > threshold
    among_them = _without_shared_zeros(pair) if is_close else np.nan
    return {
        "rank_correlation": None if np.isnan(rho) else rho,
        "rank_correlation_without_shared_zeros": None if np.isnan(among_them) else among_them,
        "threshold": threshold,
        "is_redundant": is_close,
    }


def _without_shared_zeros(pair: pd.DataFrame) -> float:
    with_one = pair[(pair != 0).any(axis=1)].dropna()
    return float(rank_correlations(with_one).to_numpy()[0, 1])
