"""Which features describe a segment, and in which unit their figures are."""

from __future__ import annotations

#: What tells segments of one archetype apart: having more of a feature than the others, or less.
#: Amounts are a count of something, money, a share, or a number.
TRAIT_UNITS: dict[str, str] = {
    "average_order_value": "money",
    "order_count": "orders",
    "purchase_recency_days": "days",
    "revenue": "money",
    "price_level": "share",
    "active_day_count": "active_days",
    "events_per_session": "number",
    "category_count": "categories",
    "favourite_category_share": "share",
    "favourite_brand_share": "share",
    "cart_count": "carted_items",
    "removal_rate": "share",
    "recency_days": "days",
    "tenure_days": "days",
}
#: What says most of buyers.
ABOUT_ORDERS = (
    "average_order_value",
    "order_count",
    "purchase_recency_days",
    "revenue",
    "price_level",
)
#: What is neither much nor little: whoever is above it is not said to have less.
MIDDLE = {"price_level": 1.0}
#: Those that say nothing where only purchases are recorded: there are no visits and no carts.
OF_VISITS = (
    "price_level",
    "active_day_count",
    "events_per_session",
    "cart_count",
    "removal_rate",
    "recency_days",
)

#: What the rules of an explanation may speak of, in the units of `user_features`.
RULE_UNITS: dict[str, str] = {
    "event_count": "count",
    "view_count": "count",
    "cart_count": "count",
    "removal_count": "count",
    "purchase_count": "count",
    "order_count": "count",
    "order_count_30d": "count",
    "previous_order_count": "count",
    "purchase_recency_days": "count",
    "session_count": "count",
    "active_day_count": "count",
    "recency_days": "count",
    "tenure_days": "count",
    "product_count": "count",
    "category_count": "count",
    "brand_count": "count",
    "events_per_session": "number",
    "median_session_seconds": "seconds",
    "cart_rate": "share",
    "cart_to_purchase_rate": "share",
    "removal_rate": "share",
    "revenue": "money",
    "average_order_value": "money",
    "mean_viewed_price": "money",
    "price_level": "share",
    "favourite_brand_share": "share",
    "favourite_category_share": "share",
    "night_event_rate": "share",
    "weekend_event_rate": "share",
}
