"""The names of segments beside what their members did, and where the two contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: What a name promises, by a word in it.
LOYAL, LAPSED, LOST, ONE_TIME, REPEAT, HESITATOR, BIG_SPENDER = (
    "loyal", "lapsed", "lost", "one-time", "repeat", "hesitator", "big spender",
)  # fmt: skip
# At least so many of the events of hesitators fill a cart.
_HESITANT_CARTS = 0.05
# Later than so many times the usual gap between orders, a customer is missing.
_MISSING, _GONE = 2.0, 4.0


@dataclass(frozen=True)
class NamedSegment:
    """A segment as its members are.

    Attributes
    ----------
    name : str
    user_count : int
    buyers : float
        Share of the members with an order.
    days_since_order, lateness : float
        Medians of the buyers: days since the last order, and these in units of the own usual gap
        between orders, of the store's where there is one order only. NaN without a buyer.
    repeat_lateness : float
        The same of those with two orders or more; NaN without one.
    one_time : float
        Share of the buyers with one order; NaN without a buyer.
    carts_per_event : float
        Of all events of the members.
    spend_per_head : float
    """

    name: str
    user_count: int
    buyers: float
    days_since_order: float
    lateness: float
    repeat_lateness: float
    one_time: float
    carts_per_event: float
    spend_per_head: float


def named_segments(users: pd.DataFrame) -> list[NamedSegment]:
    """Return the segments of users as in `benchmarks.jury.judge.Judged`, largest spend first."""
    late = users.assign(lateness=_lateness(users))
    found = [
        _segment(str(name), members)
        for name, members in late[late["segment_id"] >= 0].groupby("segment_name")
    ]
    return sorted(found, key=lambda segment: -segment.spend_per_head)


def contradictions(segments: list[NamedSegment]) -> list[str]:
    """Return what is untrue of names, each by an absolute test; nothing where all is well."""
    highest = max((segment.spend_per_head for segment in segments), default=0.0)
    return [
        f"{segment.name}: {what}"
        for segment in segments
        for word, what, is_true in _promises(segment, highest)
        if word in segment.name.lower() and not is_true
    ]


def _promises(segment: NamedSegment, highest: float) -> list[tuple[str, str, bool]]:
    """Return what each word promises, and whether it is true of a segment; NaN is not."""
    is_away = any(word in segment.name.lower() for word in (LAPSED, LOST))
    return [
        (LOYAL, "most of the buyers bought once", segment.one_time <= 0.5),
        (LOYAL, "most are not buyers", segment.buyers >= 0.5),
        (LOYAL, "the last order is late", segment.lateness <= _MISSING),
        (LAPSED, "the last order is not late", segment.lateness > _MISSING),
        (LOST, "the last order is not long overdue", segment.lateness > _GONE),
        (REPEAT, "most of the buyers bought once", segment.one_time <= 0.5),
        (REPEAT, "who bought again is not late", not is_away or segment.repeat_lateness > _MISSING),
        (ONE_TIME, "most of the buyers bought again", segment.one_time >= 0.5),
        (HESITATOR, "few carts", segment.carts_per_event >= _HESITANT_CARTS),
        (HESITATOR, "most have bought", segment.buyers < 0.5),
        (BIG_SPENDER, "others spend more", segment.spend_per_head >= highest),
    ]


def _segment(name: str, members: pd.DataFrame) -> NamedSegment:
    buyers = members[members["order_count"] > 0]
    return NamedSegment(
        name=name,
        user_count=len(members),
        buyers=len(buyers) / len(members),
        days_since_order=float(buyers["recency_days"].median()),
        lateness=float(buyers["lateness"].median()),
        repeat_lateness=float(buyers.loc[buyers["order_count"] > 1, "lateness"].median()),
        one_time=float((buyers["order_count"] == 1).mean()),
        carts_per_event=float(members["cart_count"].sum() / members["event_count"].sum()),
        spend_per_head=float(members["revenue"].mean()),
    )


def _lateness(users: pd.DataFrame) -> pd.Series:
    """Return the days since the last order in units of the usual gap between two orders."""
    has_rhythm = (users["order_count"] > 1) & (users["order_span_days"] > 0)
    gaps = users["order_span_days"] / (users["order_count"] - 1)
    of_store = float(gaps[has_rhythm].median()) if has_rhythm.any() else np.nan
    return users["recency_days"] / gaps.where(has_rhythm, of_store)
