"""What segments are worth: what their members did in the month after they were told.

Everything here is association: it says which groups buy more, not what makes them buy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ml.model.spending import log_spending
from ml.outcomes.held_out import predictable_share, share_by_group
from ml.outcomes.intervals import Interval, mean_interval, rate_interval

#: Column of the users that holds the group, by the name of the scheme.
GROUP_COLUMNS = {"segment": "segment_id", "rfm_group": "rfm_group", "rfm_cell": "rfm_cell"}

#: One row per snapshot date, scheme and group.
VALUE_SCHEMA = pa.schema(
    [
        ("snapshot_date", pa.date32()),
        ("scheme", pa.string()),
        ("group_id", pa.string()),
        ("model_version", pa.int32()),
        ("user_count", pa.int64()),
        ("buyer_count", pa.int64()),
        ("buyer_rate", pa.float64()),
        ("buyer_rate_lower", pa.float64()),
        ("buyer_rate_upper", pa.float64()),
        ("buyer_lift", pa.float64()),
        ("revenue", pa.decimal128(18, 2)),
        ("mean_revenue", pa.float64()),
        ("mean_revenue_lower", pa.float64()),
        ("mean_revenue_upper", pa.float64()),
        ("revenue_lift", pa.float64()),
        ("returner_count", pa.int64()),
        ("return_rate", pa.float64()),
        ("return_rate_lower", pa.float64()),
        ("return_rate_upper", pa.float64()),
        ("return_lift", pa.float64()),
    ]
)

#: One row per snapshot date and scheme.
SHARES_SCHEMA = pa.schema(
    [
        ("snapshot_date", pa.date32()),
        ("scheme", pa.string()),
        ("model_version", pa.int32()),
        ("user_count", pa.int64()),
        ("group_count", pa.int64()),
        ("variance_share", pa.float64()),
        ("held_out_share", pa.float64()),
    ]
)


def variance_explained(labels: np.ndarray, outcomes: np.ndarray) -> float:
    """Return the share of the variance of an outcome that lies between groups (eta squared).

    0 when all groups have the same mean, 1 when everybody equals the mean of the own group. It is
    the R squared of predicting each user by that mean.

    Parameters
    ----------
    labels : array of shape (n_users,)
        Group of each user, of any type that can be sorted.
    outcomes : finite float array of shape (n_users,)

    Returns
    -------
    float in [0, 1]
        NaN where the outcome is the same for everybody, or nobody is there: nothing to explain.

    Examples
    --------
    >>> variance_explained(np.array([0, 0, 1, 1]), np.array([0.0, 2.0, 4.0, 6.0]))
    0.8
    """
    outcomes = np.asarray(outcomes, float)
    if not len(outcomes) or outcomes.min() == outcomes.max():
        return float("nan")
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    deviations = outcomes - outcomes.mean()
    sums = np.bincount(places, weights=deviations)
    return min(1.0, float((sums**2 / counts).sum() / (deviations**2).sum()))


def adjusted_variance_explained(labels: np.ndarray, outcomes: np.ndarray) -> float:
    """Return the share that the same few groups may be expected to explain of other users.

    Many groups explain some of any outcome by chance: g groups of n users (g - 1) / (n - 1) of it.
    Epsilon squared (Kelley 1935), which is the adjusted R squared, takes that away. It takes groups
    for equally spread; where small groups are the most spread, as 125 cells of buyers are, it
    flatters them, and `ml.outcomes.held_out.share_by_group` is to be asked.

    Returns
    -------
    float in [0, 1]
        0 where the groups explain no more than chance; NaN where nothing is to be explained, or as
        many groups are there as users.

    Examples
    --------
    >>> found = adjusted_variance_explained(np.array([0, 0, 1, 1]), np.array([0.0, 2.0, 4.0, 6.0]))
    >>> round(found, 4)
    0.7
    """
    share = variance_explained(labels, outcomes)
    user_count, group_count = len(labels), len(np.unique(labels))
    if np.isnan(share) or user_count <= group_count:
        return float("nan")
    return max(0.0, 1 - (1 - share) * (user_count - 1) / (user_count - group_count))


def value_by_group(users: pa.Table) -> pa.Table:
    """Return what each group of users did in the month after each snapshot date.

    Parameters
    ----------
    users : table with one row per snapshot date and user, in a fixed order
        `snapshot_date`, `model_version`, the columns of `GROUP_COLUMNS`, `has_bought`,
        `has_returned`,
        `next_revenue`.

    Returns
    -------
    table of `VALUE_SCHEMA`
        The scheme 'all' has one group, 'all': the users of the snapshot. A lift is the rate or mean
        of the group divided by theirs; null where theirs is 0.
    """
    rows: list[dict[str, Any]] = []
    for snapshot_date, there in _by_snapshot(users):
        everybody = _measures(there)
        shared = {
            "snapshot_date": snapshot_date,
            "model_version": there["model_version"][0].as_py(),
        }
        rows.append(shared | {"scheme": "all", "group_id": "all"} | _lifted(everybody, everybody))
        for scheme, column in GROUP_COLUMNS.items():
            for group_id, members in _by_group(there, column):
                named = {"scheme": scheme, "group_id": group_id}
                rows.append(shared | named | _lifted(_measures(members), everybody))
    return pa.Table.from_pylist(rows, schema=VALUE_SCHEMA)


def shares_by_scheme(users: pa.Table, *, random_seed: int = 0) -> pa.Table:
    """Return how much of log(1 + next month's revenue) each scheme explains, per snapshot date.

    Beside the schemes of `GROUP_COLUMNS` stands 'boosting': what a gradient-boosted model predicts
    of users that it has not seen, from the features that the segments are made from: a benchmark of
    what these features hold, and no limit.

    Parameters
    ----------
    users : table as in `value_by_group`, with `features`, lists in the order of the model
    random_seed : int

    Returns
    -------
    table of `SHARES_SCHEMA`
        Shares are null where nobody or everybody spent the same. `held_out_share` is what the means
        of the groups predict of users who were not in these means; 'boosting' is measured on such
        in the first place.
    """
    rows: list[dict[str, Any]] = []
    for snapshot_date, there in _by_snapshot(users):
        outcomes = log_spending(_floats(there, "next_revenue"))
        shared = {
            "snapshot_date": snapshot_date,
            "model_version": there["model_version"][0].as_py(),
            "user_count": len(there),
        }
        for scheme, column in GROUP_COLUMNS.items():
            labels = there[column].to_numpy(zero_copy_only=False)
            found = _group_shares(labels, outcomes, random_seed)
            rows.append(shared | {"scheme": scheme} | found)
        features = np.array(there["features"].to_pylist(), float)
        share = _number(predictable_share(features, outcomes, random_seed=random_seed))
        rows.append(
            shared | {"scheme": "boosting", "variance_share": share, "held_out_share": share}
        )
    return pa.Table.from_pylist(rows, schema=SHARES_SCHEMA)


def _by_snapshot(users: pa.Table) -> Iterator[tuple[Any, pa.Table]]:
    for snapshot_date in sorted(pc.unique(users["snapshot_date"]).to_pylist()):
        yield snapshot_date, users.filter(pc.equal(users["snapshot_date"], snapshot_date))


def _by_group(users: pa.Table, column: str) -> Iterator[tuple[str, pa.Table]]:
    for group in sorted(pc.unique(users[column]).to_pylist()):
        yield str(group), users.filter(pc.equal(users[column], group))


def _measures(users: pa.Table) -> dict[str, Any]:
    count = len(users)
    buyers = pc.sum(users["has_bought"]).as_py()
    returners = pc.sum(users["has_returned"]).as_py()
    # Decimal: the sum does not depend on the order.
    revenue = pc.sum(users["next_revenue"]).as_py()
    mean = mean_interval(_floats(users, "next_revenue"))
    return {
        "user_count": count,
        "buyer_count": buyers,
        **_interval("buyer_rate", rate_interval(buyers, count)),
        "revenue": revenue.quantize(Decimal("0.01")),
        **_interval("mean_revenue", mean),
        "mean_revenue": float(revenue) / count,
        "returner_count": returners,
        **_interval("return_rate", rate_interval(returners, count)),
    }


def _interval(name: str, interval: Interval) -> dict[str, float | None]:
    return {
        name: interval.estimate,
        f"{name}_lower": interval.lower,
        f"{name}_upper": interval.upper,
    }


def _lifted(group: dict[str, Any], everybody: dict[str, Any]) -> dict[str, Any]:
    def lift(name: str) -> float | None:
        return group[name] / everybody[name] if everybody[name] else None

    return group | {
        "buyer_lift": lift("buyer_rate"),
        "revenue_lift": lift("mean_revenue"),
        "return_lift": lift("return_rate"),
    }


def _group_shares(labels: np.ndarray, outcomes: np.ndarray, random_seed: int) -> dict[str, Any]:
    return {
        "group_count": len(np.unique(labels)),
        "variance_share": _number(variance_explained(labels, outcomes)),
        "held_out_share": _number(share_by_group(labels, outcomes, random_seed=random_seed)),
    }


def _floats(users: pa.Table, column: str) -> np.ndarray:
    return np.asarray(pc.cast(users[column], pa.float64()).to_numpy(), float)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
