"""Names of segments, derived from what their users do and never from a number.

Each segment is first recognised as a kind, by rules that a marketing person would use: do they buy,
again, recently, expensively, do they fill carts, do they look around. Segments of one kind are told
apart by the trait in which they differ most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ml.matching import VALUE_FEATURES
from ml.vocabulary import DISTINCTION, KINDS, QUALIFIERS, VALUE_RANK, Words

#: The columns of the users that names are made from.
PROFILE_FEATURES = (
    "revenue",
    "event_count",
    *QUALIFIERS,
)

# A segment is one of buyers, or of people who fill carts, when at least half of it does so.
_MOST = 0.5
# Mean ranks of segments lie close to the middle: a third of the way out is far.
_HIGH, _LOW = 0.62, 0.38
# A smaller difference between mean ranks is no trait that anybody would notice.
_NOTICEABLE = 0.02
# "Away for long" is a strong word for a customer.
_LONG_AGO = 0.7


@dataclass(frozen=True)
class SegmentName:
    """Name, rule and recommended action of one segment in both languages."""

    english: str
    french: str
    rule: str
    rule_french: str
    action: str
    action_french: str


@dataclass(frozen=True)
class _Profile:
    """Shares of a segment's users, and their mean rank by feature among all users, in [0, 1].

    `value` is what orders segments by value: the means of `ml.matching.VALUE_FEATURES`.
    """

    buyers: float
    repeaters: float
    carters: float
    ranks: dict[str, float]
    value: tuple[float, ...]

    def figures(self) -> dict[str, int]:
        """Return the percentages that the rules quote."""
        quoted = {
            "buyers": self.buyers,
            "repeaters": self.repeaters,
            "carters": self.carters,
            "recency": self.ranks["recency_days"],
            "order_value": self.ranks["average_order_value"],
            "price": self.ranks["price_level"],
            "activity": self.ranks["active_day_count"],
            "depth": self.ranks["events_per_session"],
            "focus": self.ranks["favourite_category_share"],
            "variety": self.ranks["category_count"],
        }
        return {name: round(100 * share) for name, share in quoted.items()}


def name_segments(labels: np.ndarray, users: pd.DataFrame) -> tuple[SegmentName, ...]:
    """Name every segment; no two names are equal.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        From 0 to k - 1, each at least once.
    users : DataFrame of n_users rows
        With the columns of `PROFILE_FEATURES`, raw.

    Returns
    -------
    tuple of k SegmentName
        In the order of the labels; a permutation of the labels permutes the names.
    """
    profiles = _profiles(labels, users)
    kinds = [_kind(profile) for profile in profiles]
    qualifiers: dict[int, Words] = {}
    for kind in sorted(set(kinds)):
        alike = [place for place, other in enumerate(kinds) if other == kind]
        if len(alike) > 1:
            qualifiers |= _qualifiers({place: profiles[place] for place in alike})
    return tuple(
        _name(kind, profile, qualifiers.get(place))
        for place, (kind, profile) in enumerate(zip(kinds, profiles, strict=True))
    )


def _profiles(labels: np.ndarray, users: pd.DataFrame) -> list[_Profile]:
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
        _Profile(
            buyers=float((orders.get_group(label) >= 1).mean()),
            repeaters=float((orders.get_group(label) >= 2).mean()),
            carters=float((carts.get_group(label) >= 1).mean()),
            ranks=mean_ranks.loc[label].to_dict(),
            value=tuple(values.loc[label]),
        )
        for label in mean_ranks.index
    ]


def _mid_ranks(values: np.ndarray) -> np.ndarray:
    """Return for each value the share of values below it, ties counting half, in (0, 1)."""
    return (rankdata(values) - 0.5) / max(len(values), 1)


def _kind(profile: _Profile) -> str:
    return _kind_of_buyers(profile) if profile.buyers >= _MOST else _kind_of_visitors(profile)


def _kind_of_buyers(profile: _Profile) -> str:
    if profile.ranks["recency_days"] >= _LONG_AGO:
        return "lapsed_buyers"
    if (profile.ranks["average_order_value"] + profile.ranks["price_level"]) / 2 >= _HIGH:
        return "big_spenders"
    if profile.ranks["price_level"] <= _LOW:
        return "bargain_hunters"
    return "loyal_regulars" if profile.repeaters >= _MOST else "one_time_buyers"


def _kind_of_visitors(profile: _Profile) -> str:
    if profile.carters >= _MOST:
        return "cart_hesitators"
    if profile.ranks["recency_days"] >= _LONG_AGO:
        return "lapsed_visitors"
    if max(profile.ranks["active_day_count"], profile.ranks["events_per_session"]) >= _HIGH:
        return "window_shoppers"
    if profile.ranks["favourite_category_share"] >= _HIGH:
        return "focused_researchers"
    if profile.ranks["category_count"] >= _HIGH:
        return "wide_browsers"
    return "occasional_visitors"


def _qualifiers(alike: dict[int, _Profile]) -> dict[int, Words]:
    """Give each of several segments of one kind a qualifier of its own.

    The clearest difference from the rest of the group is given away first, so that the outcome does
    not depend on the order of the segments. A difference that nobody would notice is none: segments
    without a noticeable one are told apart by their value.
    """
    differences = []
    for place, profile in alike.items():
        others = [other for key, other in alike.items() if key != place]
        for order, feature in enumerate(QUALIFIERS):
            rest = np.mean([other.ranks[feature] for other in others])
            difference = float(profile.ranks[feature] - rest)
            if abs(difference) >= _NOTICEABLE:
                differences.append((-abs(difference), order, feature, difference < 0, place))
    chosen: dict[int, Words] = {}
    taken: set[tuple[str, bool]] = set()
    for _, _, feature, is_low, place in sorted(differences):
        if place not in chosen and (feature, is_low) not in taken:
            chosen[place] = QUALIFIERS[feature][int(is_low)]
            taken.add((feature, is_low))
    plain = [place for place in alike if place not in chosen]
    return chosen | (_by_value({place: alike[place] for place in plain}) if len(plain) > 1 else {})


def _by_value(alike: dict[int, _Profile]) -> dict[int, Words]:
    """Number segments that nothing else tells apart by their value, the most valuable first."""
    ordered = sorted(alike, key=lambda place: alike[place].value, reverse=True)
    return {
        place: Words(*(text.format(rank=rank) for text in VALUE_RANK))
        for rank, place in enumerate(ordered, start=1)
    }


def _name(kind: str, profile: _Profile, qualifier: Words | None) -> SegmentName:
    words = KINDS[kind]
    figures = profile.figures()
    name, rule = words.name, Words(*(text.format(**figures) for text in words.rule))
    if qualifier is not None:
        name = Words(*(f"{text}, {word}" for text, word in zip(name, qualifier, strict=True)))
        rule = Words(
            *(
                f"{text} {distinction.format(qualifier=word)}"
                for text, distinction, word in zip(rule, DISTINCTION, qualifier, strict=True)
            )
        )
    return SegmentName(
        name.english,
        name.french,
        rule.english,
        rule.french,
        words.action.english,
        words.action.french,
    )
