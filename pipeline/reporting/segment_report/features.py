"""What kind of number each feature is, and which features tell the same story."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """How a feature is written, and the topic it shares with features that say nearly the same."""

    kind: str  # 'count', 'mean', 'money', 'rate' or 'level'
    topic: str


# In the order in which charts and glossary list them.
FEATURES = {
    "revenue": Feature("money", "buying"),
    "order_count": Feature("count", "buying"),
    "purchase_count": Feature("count", "buying"),
    "average_order_value": Feature("money", "basket"),
    "order_count_30d": Feature("count", "momentum"),
    "previous_order_count": Feature("count", "momentum"),
    "recency_days": Feature("count", "recency"),
    "tenure_days": Feature("count", "tenure"),
    "event_count": Feature("count", "activity"),
    "view_count": Feature("count", "activity"),
    "session_count": Feature("count", "activity"),
    "active_day_count": Feature("count", "activity"),
    "events_per_session": Feature("mean", "visits"),
    "median_session_seconds": Feature("count", "visits"),
    "cart_count": Feature("count", "cart"),
    "cart_to_purchase_rate": Feature("rate", "cart"),
    "removal_count": Feature("count", "removal"),
    "removal_rate": Feature("rate", "removal"),
    "mean_viewed_price": Feature("money", "price"),
    "price_level": Feature("level", "price"),
    "product_count": Feature("count", "activity"),
    "category_count": Feature("count", "variety"),
    "brand_count": Feature("count", "variety"),
    "favourite_brand_share": Feature("rate", "loyalty"),
    "favourite_category_share": Feature("rate", "loyalty"),
    "night_event_rate": Feature("rate", "night"),
    "weekend_event_rate": Feature("rate", "weekend"),
}

# Features that are in the table but in no profile: scores, flags, and those null for many.
OTHER_FEATURES = (
    "purchase_recency_days",
    "views_per_purchase",
    "mean_days_between_orders",
    "stddev_days_between_orders",
    "recency_score",
    "frequency_score",
    "monetary_score",
    "is_automatic",
)


def in_order(names: set[str]) -> tuple[str, ...]:
    """Return features in the order of `FEATURES`, unknown ones last by name.

    Examples
    --------
    >>> in_order({"new_one", "recency_days", "revenue"})
    ('revenue', 'recency_days', 'new_one')
    """
    known = [name for name in FEATURES if name in names]
    return (*known, *sorted(names - FEATURES.keys()))


def topic(name: str) -> str:
    """Return the topic of a feature; one that is not known is a topic of its own."""
    return FEATURES[name].topic if name in FEATURES else name


def population(name: str) -> str:
    """Return whom a feature says something of: 'buyers', 'carters' or 'everyone'.

    As in the macro `among_those_with`, where the medians are taken.

    Examples
    --------
    >>> population("average_order_value"), population("removal_rate"), population("view_count")
    ('buyers', 'carters', 'everyone')
    """
    if any(part in name for part in ("order", "revenue", "purchase_count")):
        return "buyers"
    return "carters" if name in ("cart_to_purchase_rate", "removal_rate") else "everyone"


def kind(name: str) -> str:
    """Return how a feature is written; one that is not known is a plain number."""
    return FEATURES[name].kind if name in FEATURES else "mean"
