"""Profiles: what the users of each segment do, in absolute figures and beside all other users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ml.description.measures import TRAIT_UNITS
from ml.model.order import VALUE_FEATURES

#: Columns of the users that profiles are made from, and in which every user has a number.
PROFILE_FEATURES = (
    *(name for name in TRAIT_UNITS if name != "purchase_recency_days"),
    "event_count",
    "purchase_count",
)
#: Columns that are null where there is nothing to measure: no order, no second order.
ORDER_FEATURES = ("purchase_recency_days", "mean_days_between_orders")
#: Where a customer stands: see the macro `lifecycle_state`.
STATE = "lifecycle_state"
PROFILE_COLUMNS = (*PROFILE_FEATURES, *ORDER_FEATURES, STATE)

#: Figures that are medians of the users of a segment.
_MEDIANS = {
    "events": "event_count",
    "visits": "active_day_count",
    "depth": "events_per_session",
    "seen_days": "recency_days",
    "categories": "category_count",
    "focus": "favourite_category_share",
    "price_level": "price_level",
}
# Among all users these would only tell buyers from others.
_OF_BUYERS = ("average_order_value", "purchase_recency_days")
_AWAY = ("lapsed", "lost")


@dataclass(frozen=True)
class Profile:
    """What the users of one segment do.

    Attributes
    ----------
    figures : dict of str to float
        See `FIGURES`; without a buyer, those about orders are 0.
    ranks : dict of str to float
        Mean rank by feature among all users, or all buyers, in (0, 1).
    medians : dict of str to float
        Of the same features, raw.
    value : tuple of float
        What orders segments by value: the means of `ml.model.order.VALUE_FEATURES`.
    """

    figures: dict[str, float]
    ranks: dict[str, float]
    medians: dict[str, float]
    value: tuple[float, ...]

    def identity(self) -> tuple[float, ...]:
        """Return all figures; segments that agree in them cannot be told apart."""
        parts = (self.figures, self.ranks, self.medians)
        return (*self.value, *(part[name] for part in parts for name in sorted(part)))

    def quotable(self) -> dict[str, float]:
        """Return what texts may quote: figures, and ranks by feature as `rank_<feature>`."""
        ranks = {f"rank_{feature}": rank for feature, rank in self.ranks.items()}
        return {name: float(value) for name, value in (self.figures | ranks).items()}


#: Shares of the users of a segment who are so.
_SHARES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "buyers": lambda users: users["order_count"] >= 1,
    "one_time_buyers": lambda users: users["order_count"] == 1,
    "repeat_buyers": lambda users: users["order_count"] >= 2,
    "in_rhythm": lambda users: (
        users["purchase_recency_days"] <= 2 * users["mean_days_between_orders"]
    ),
    "new": lambda users: users[STATE] == "new",
    "late": lambda users: users[STATE].isin(("at_risk", *_AWAY)),
    "away": lambda users: users[STATE].isin(_AWAY),
    "lost": lambda users: users[STATE] == "lost",
    "carters": lambda users: users["cart_count"] >= 1,
}
# The same of some of them only, as `{who}_{state}`: a name that tells of those is about them.
_STATES_OF = {
    "once": ("one_time_buyers", ("away", "lost")),
    "repeat": ("repeat_buyers", ("late", "away", "lost")),
}
#: What each figure of a profile is, for whoever reads that a name contradicts one.
FIGURES = {
    "buyers": "share of users with an order",
    "one_time_buyers": "share of users with exactly one order",
    "repeat_buyers": "share of users with two orders or more",
    "in_rhythm": "share of users whose last order is within twice their own rhythm",
    "new": "share of users whose only order day was not long ago",
    "late": "share of users at risk, lapsed or lost",
    "away": "share of users who are lapsed or lost",
    "on_time": "share of users with an order who are neither lapsed nor lost",
    "lost": "share of users who are lost",
    "once_away": "share of those with exactly one order who are lapsed or lost",
    "once_lost": "share of those with exactly one order who are lost",
    "repeat_late": "share of those with two orders or more who are at risk, lapsed or lost",
    "repeat_away": "share of those with two orders or more who are lapsed or lost",
    "repeat_lost": "share of those with two orders or more who are lost",
    "carters": "share of users with something put into the cart",
    "repeaters": "share of buyers with two orders or more",
    "orders": "median orders of buyers",
    "order_days": "median days since the last order of buyers",
    "gap_days": "median days from one order to the next",
    "usual_gap_days": "the same of all users",
    "spend": "revenue per user",
    "spend_to_others": "the same, in multiples of the highest of the other segments",
    "order_value": "revenue per order",
    "order_value_to_all": "the same, in multiples of that of all users",
    "carts_an_event": "carts per event",
    "events": "median events",
    "visits": "median active days",
    "depth": "median events per visit",
    "seen_days": "median days since the last event",
    "categories": "median categories",
    "focus": "median share of the favourite category",
    "price_level": "median price level",
}


def profiles_of(labels: np.ndarray, users: pd.DataFrame) -> list[Profile]:
    """Describe every segment, in the order of the labels.

    Parameters
    ----------
    labels : int array of shape (n_users,)
    users : DataFrame of n_users rows
        With `PROFILE_COLUMNS`, raw.
    """
    ranks = _ranks(users).groupby(labels).mean().fillna(0.5)
    medians = users[list(TRAIT_UNITS)].groupby(labels).median().fillna(0.0)
    values = users[list(VALUE_FEATURES)].groupby(labels).mean()
    figures = _figures(labels, users)
    return [
        Profile(
            figures.loc[label].to_dict(),
            ranks.loc[label].to_dict(),
            medians.loc[label].to_dict(),
            tuple(values.loc[label]),
        )
        for label in ranks.index
    ]


def has_purchases_only(users: pd.DataFrame) -> bool:
    """Tell whether nothing but purchases is recorded, so that there are no visits to speak of."""
    return bool((users["event_count"] == users["purchase_count"]).all())


def _ranks(users: pd.DataFrame) -> pd.DataFrame:
    ranks = pd.DataFrame(index=users.index)
    is_buyer = users["order_count"] > 0
    for name in TRAIT_UNITS:
        who = is_buyer if name in _OF_BUYERS else np.ones(len(users), bool)
        ranks.loc[who, name] = _mid_ranks(users.loc[who, name].to_numpy(float))
    return ranks


def _mid_ranks(values: np.ndarray) -> np.ndarray:
    """Return for each value the share of values below it, ties counting half, in (0, 1)."""
    return (rankdata(values) - 0.5) / max(len(values), 1)


def _figures(labels: np.ndarray, users: pd.DataFrame) -> pd.DataFrame:
    """Return `FIGURES`, a row for each segment."""
    figures = pd.DataFrame(
        {name: holds(users).groupby(labels).mean() for name, holds in _SHARES.items()}
    )
    figures["on_time"] = figures["buyers"] - figures["away"]
    figures["repeaters"] = figures["repeat_buyers"] / figures["buyers"]
    for who, (share, states) in _STATES_OF.items():
        are_meant = _SHARES[share](users)
        for state in states:
            are_so = (are_meant & _SHARES[state](users)).groupby(labels).mean()
            figures[f"{who}_{state}"] = are_so / figures[share]
    return figures.join(_amounts(labels, users)).fillna(0.0)[list(FIGURES)]


def _amounts(labels: np.ndarray, users: pd.DataFrame) -> pd.DataFrame:
    sums = users[["revenue", "order_count", "cart_count", "event_count"]].groupby(labels).sum()
    orders = users[["order_count", *ORDER_FEATURES]]
    of_buyers = orders.where(users["order_count"] > 0).groupby(labels).median()
    medians = users[list(_MEDIANS.values())].groupby(labels).median()
    spend = sums["revenue"] / users.groupby(labels).size()
    order_value = sums["revenue"] / sums["order_count"]
    of_all = users["revenue"].sum() / max(users["order_count"].sum(), 1)
    return pd.DataFrame(
        {
            "orders": of_buyers["order_count"],
            "order_days": of_buyers["purchase_recency_days"],
            "gap_days": of_buyers["mean_days_between_orders"],
            "usual_gap_days": users["mean_days_between_orders"].median(),
            "spend": spend,
            "spend_to_others": spend / _highest_of_others(spend),
            "order_value": order_value,
            "order_value_to_all": order_value / of_all if of_all else 0.0,
            "carts_an_event": sums["cart_count"] / sums["event_count"],
        }
        | {name: medians[feature] for name, feature in _MEDIANS.items()}
    )


def _highest_of_others(values: pd.Series) -> pd.Series:
    """Return for each value the highest of the others; its own where there is no other.

    Examples
    --------
    >>> _highest_of_others(pd.Series([3.0, 1.0, 2.0])).tolist()
    [2.0, 3.0, 3.0]
    """
    if len(values) == 1:
        return values
    second, first = sorted(values)[-2:]
    is_first = values.rank(method="first", ascending=False) == 1
    return pd.Series(np.where(is_first, second, first), index=values.index)
