"""Kinds of customers: what the users of a segment do, and the rules that recognise it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ml.matching import VALUE_FEATURES
from ml.vocabulary import QUALIFIERS, SHARES

# A kind that was recognised before stays while its rules hold with edges moved by this much.
_MARGIN = 0.05


@dataclass(frozen=True)
class Edges:
    """Where the rules draw the line.

    `most`: a segment is one of buyers, or of people who fill carts, when at least half of it does
    so, and its buyers are loyal when at least half of them bought again. `high`, `low`: mean ranks
    of segments lie close to the middle, and a third of the way out is far. `long_ago`: "away for
    long" is a strong word for a customer; of two equal halves the one that left earlier has the
    mean rank 0.75.
    """

    most: float = 0.5
    high: float = 0.62
    low: float = 0.38
    long_ago: float = 0.73


_EDGES = Edges()


@dataclass(frozen=True)
class Profile:
    """Shares of a segment's users, and their mean rank by feature among all users, in [0, 1].

    `buyers` and `carters` are shares of the users, `repeaters` is that of the buyers who bought at
    least twice, 0 without a buyer. `value` is what orders segments by value: the means of
    `ml.matching.VALUE_FEATURES`.
    """

    buyers: float
    repeaters: float
    carters: float
    ranks: dict[str, float]
    value: tuple[float, ...]

    def identity(self) -> tuple[float, ...]:
        """Return all figures; segments that agree in them cannot be told apart."""
        shares = (self.buyers, self.repeaters, self.carters)
        return (*self.value, *shares, *(self.ranks[name] for name in sorted(self.ranks)))

    def wording(self, language: int) -> dict[str, str]:
        """Return what the rules quote: shares in words, ranks in per cent."""
        shares = {
            "bought": self.buyers,
            "few_bought": self.buyers,
            "repeated": self.repeaters,
            "few_repeated": self.repeaters,
            "carted": self.carters,
        }
        ranks = {
            "recency": self.ranks["recency_days"],
            "order_value": self.ranks["average_order_value"],
            "price": self.ranks["price_level"],
            "activity": self.ranks["active_day_count"],
            "depth": self.ranks["events_per_session"],
            "focus": self.ranks["favourite_category_share"],
            "variety": self.ranks["category_count"],
        }
        said = {name: _share_in_words(name, share, language) for name, share in shares.items()}
        # Nobody lies below all users, or above all of them.
        return said | {name: str(min(max(_percent(rank), 1), 99)) for name, rank in ranks.items()}


def _percent(share: float) -> int:
    return round(100 * share)


def _share_in_words(name: str, share: float, language: int) -> str:
    """Return a share as a reader would say it: never "only 0 %", never "100 %" of nearly all."""
    nobody, hardly_anybody, some, nearly_all = (words[language] for words in SHARES[name])
    if share == 0:
        return nobody
    if share < 0.01:
        return hardly_anybody
    return nearly_all if 0.99 < share < 1 else some.format(share=_percent(share))


def profiles_of(labels: np.ndarray, users: pd.DataFrame) -> list[Profile]:
    """Describe every segment, in the order of the labels.

    Parameters
    ----------
    labels : int array of shape (n_users,)
    users : DataFrame of n_users rows
        With the columns of `ml.naming.PROFILE_FEATURES`, raw.
    """
    ranks = pd.DataFrame({name: _mid_ranks(users[name].to_numpy(float)) for name in QUALIFIERS})
    # Among all users an order's value would only tell buyers from others.
    is_buyer = users["order_count"].to_numpy() > 0
    ranks["average_order_value"] = np.nan
    ranks.loc[is_buyer, "average_order_value"] = _mid_ranks(
        users.loc[is_buyer, "average_order_value"].to_numpy(float)
    )
    mean_ranks = ranks.groupby(labels).mean().fillna(0.5)
    values = users[list(VALUE_FEATURES)].groupby(labels).mean()
    orders = users["order_count"].groupby(labels)
    carts = users["cart_count"].groupby(labels)
    return [
        Profile(
            buyers=float((orders.get_group(label) >= 1).mean()),
            repeaters=_repeaters(orders.get_group(label)),
            carters=float((carts.get_group(label) >= 1).mean()),
            ranks=mean_ranks.loc[label].to_dict(),
            value=tuple(values.loc[label]),
        )
        for label in mean_ranks.index
    ]


def _repeaters(order_counts: pd.Series) -> float:
    buyers = order_counts[order_counts >= 1]
    return float((buyers >= 2).mean()) if len(buyers) else 0.0


def _mid_ranks(values: np.ndarray) -> np.ndarray:
    """Return for each value the share of values below it, ties counting half, in (0, 1)."""
    return (rankdata(values) - 0.5) / max(len(values), 1)


def kind_of(profile: Profile, edges: Edges = _EDGES) -> str:
    """Return the kind whose rule holds: the first one, or of quiet visitors the clearest."""
    if profile.buyers >= edges.most:
        return _kind_of_buyers(profile, edges)
    return _kind_of_visitors(profile, edges)


def still_holds(kind: str, profile: Profile) -> bool:
    """Return whether a kind from before still fits, give or take a margin.

    Without it a segment on the edge of a rule would change its name with every training, although
    its members and what they do are the same.
    """
    shifts = product((0.0, -_MARGIN, _MARGIN), repeat=4)
    return any(
        kind_of(
            profile,
            Edges(
                _EDGES.most + most,
                _EDGES.high + high,
                _EDGES.low + low,
                _EDGES.long_ago + long_ago,
            ),
        )
        == kind
        for most, high, low, long_ago in shifts
    )


def _kind_of_buyers(profile: Profile, edges: Edges) -> str:
    if profile.ranks["recency_days"] >= edges.long_ago:
        return "lapsed_buyers"
    if (profile.ranks["average_order_value"] + profile.ranks["price_level"]) / 2 >= edges.high:
        return "big_spenders"
    if profile.ranks["price_level"] <= edges.low:
        return "bargain_hunters"
    return "loyal_regulars" if profile.repeaters >= edges.most else "one_time_buyers"


def _kind_of_visitors(profile: Profile, edges: Edges) -> str:
    if profile.carters >= edges.most:
        return "cart_hesitators"
    if profile.ranks["recency_days"] >= edges.long_ago:
        return "lapsed_visitors"
    if max(profile.ranks["active_day_count"], profile.ranks["events_per_session"]) >= edges.high:
        return "window_shoppers"
    # Whoever comes rarely sees few categories, and so keeps to one of them: of several that hold,
    # the trait that stands out most is the one that another sample would show as well. A name must
    # not contradict the profile either: who comes as often as others is no rare guest.
    beyond = {
        "focused_researchers": profile.ranks["favourite_category_share"] - edges.high,
        "wide_browsers": profile.ranks["category_count"] - edges.high,
        "occasional_visitors": edges.low - profile.ranks["active_day_count"],
    }
    clearest = max(beyond, key=lambda kind: beyond[kind])
    return clearest if beyond[clearest] >= 0 else "ordinary_visitors"
