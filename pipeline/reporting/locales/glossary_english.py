"""The features in English: name, unit, meaning, and the question it answers."""

# feature of `user_features` -> label, unit, meaning
GLOSSARY_ENGLISH = {
    "revenue": ("Revenue", "money", "sum of the prices of all pieces bought"),
    "order_count": ("Orders", "orders", "an order is what one visit bought"),
    "purchase_count": ("Pieces bought", "pieces", "one purchase event is one piece"),
    "average_order_value": (
        "Order value",
        "money",
        "revenue divided by orders; 0 without an order",
    ),
    "order_count_30d": ("Orders, last 30 days", "orders", "orders in the last 30 days"),
    "previous_order_count": (
        "Orders, 30 days before",
        "orders",
        "orders in the 30 days before those",
    ),
    "recency_days": (
        "Days since last event",
        "days",
        "from the day of the last event to the date of the report; 1 is the last day of the data",
    ),
    "tenure_days": (
        "Days since first event",
        "days",
        "from the day of the first event to the date of the report",
    ),
    "event_count": ("Events", "events", "views, cart additions, removals and purchases together"),
    "view_count": ("Views", "events", "product views, repeats included"),
    "session_count": ("Visits", "visits", "sessions of the store, cut at midnight"),
    "active_day_count": ("Active days", "days", "days with at least one event"),
    "events_per_session": ("Events per visit", "events", "events divided by visits"),
    "median_session_seconds": (
        "Seconds per visit",
        "seconds",
        "median length of a visit; a visit of one event has length 0",
    ),
    "cart_count": ("Cart additions", "events", "times a product was put into the cart"),
    "cart_to_purchase_rate": (
        "Carts bought",
        "share",
        "share of cart additions followed by a purchase of the same product; 0 without a cart",
    ),
    "removal_count": ("Cart removals", "events", "times a product was taken out of the cart"),
    "removal_rate": ("Carts removed", "share", "removals divided by additions, at most 100 %"),
    "mean_viewed_price": ("Price viewed", "money", "mean price over all views; 0 without a view"),
    "price_level": (
        "Price level",
        "ratio",
        "price viewed against the median price of its category; 1 is the middle of the category",
    ),
    "product_count": ("Products", "products", "distinct products viewed, carted or bought"),
    "category_count": ("Categories", "categories", "distinct categories"),
    "brand_count": ("Brands", "brands", "distinct brands"),
    "favourite_brand_share": (
        "Favourite brand",
        "share",
        "share of the events that concern the brand with the most events",
    ),
    "favourite_category_share": (
        "Favourite category",
        "share",
        "share of the events that concern the category with the most events",
    ),
    "night_event_rate": (
        "At night",
        "share",
        "share of the events in the night hours of the settings",
    ),
    "weekend_event_rate": ("At weekends", "share", "share of the events on Saturday and Sunday"),
    "purchase_recency_days": (
        "Days since last order",
        "days",
        "from the day of the last order to the date of the report; empty without an order",
    ),
    "views_per_purchase": (
        "Views per piece bought",
        "views",
        "views divided by pieces bought; empty without a purchase",
    ),
    "mean_days_between_orders": (
        "Days between orders",
        "days",
        "mean number of days from one order to the next; empty under two orders",
    ),
    "stddev_days_between_orders": (
        "Spread of days between orders",
        "days",
        "standard deviation of the days between orders; empty under three orders",
    ),
    "recency_score": ("Recency score", "1 to 5", "5 for the buyers with the most recent order"),
    "frequency_score": ("Frequency score", "1 to 5", "5 for the buyers with the most orders"),
    "monetary_score": ("Monetary score", "1 to 5", "5 for the buyers with the most revenue"),
    "is_automatic": (
        "Automatic traffic",
        "yes or no",
        "a visit or a day with more events than a person can cause",
    ),
}

# column of `segment_inputs` -> label, the question that it answers
INPUTS_ENGLISH = {
    "log_active_day_count": ("Active days (log)", "On how many days do they come?"),
    "log_session_count": ("Visits (log)", "How often do they come?"),
    "log_events_per_session": ("Events per visit (log)", "How much do they look at in one visit?"),
    "log_median_session_seconds": ("Seconds per visit (log)", "How long do they stay?"),
    "log_recency_days": ("Days since last event (log)", "Are they still here?"),
    "log_tenure_days": ("Days since first event (log)", "How long have they been known?"),
    "cart_rate": ("Cart additions per event", "Do they come to buy or to look?"),
    "removal_rate": ("Carts removed", "Do they change their mind?"),
    "cart_to_purchase_rate": ("Carts bought", "Do they buy what they put into the cart?"),
    "log_order_count": ("Orders (log)", "How often do they buy?"),
    "log_revenue": ("Revenue (log)", "How much do they spend?"),
    "log_average_order_value": ("Order value (log)", "How much do they spend at a time?"),
    "log_mean_viewed_price": ("Price viewed (log)", "How expensive is what they look at?"),
    "log_price_level": (
        "Price level (log)",
        "Do they look at the cheap or the expensive end of a category?",
    ),
    "log_recency_months": ("Recency in months (log)", "How long have they been away?"),
    "ln_intent_rate": (
        "Intent rate, smoothed (log)",
        "How often do they put something into the cart, or buy it at once?",
    ),
    "smoothed_conversion_rate": (
        "Conversion, smoothed",
        "How much of what they intend to buy do they buy?",
    ),
    "smoothed_removal_rate": ("Removals, smoothed", "How much do they take out of the cart again?"),
    "log_expected_orders": (
        "Orders to expect (log)",
        "How many orders does their rhythm lead one to expect?",
    ),
    "ln_smoothed_price_level": (
        "Price level, smoothed (log)",
        "Do they look at the cheap or the expensive end of a category?",
    ),
    "smoothed_category_share": ("Favourite category, smoothed", "Do they come for one thing?"),
    "log_order_count_30d": (
        "Orders, last 30 days (log)",
        "How often did they order in the last 30 days?",
    ),
    "log_order_count_90d": (
        "Orders, last 90 days (log)",
        "How often did they order in the last 90 days?",
    ),
    "log_order_count_365d": (
        "Orders, last 365 days (log)",
        "How often did they order in the last 365 days?",
    ),
    "log_revenue_30d": (
        "Revenue, last 30 days (log)",
        "How much did they spend in the last 30 days?",
    ),
    "log_revenue_90d": (
        "Revenue, last 90 days (log)",
        "How much did they spend in the last 90 days?",
    ),
    "log_revenue_365d": (
        "Revenue, last 365 days (log)",
        "How much did they spend in the last 365 days?",
    ),
    "log_event_count_30d": (
        "Events, last 30 days (log)",
        "How active were they in the last 30 days?",
    ),
    "log_event_count_90d": (
        "Events, last 90 days (log)",
        "How active were they in the last 90 days?",
    ),
    "log_event_count_365d": (
        "Events, last 365 days (log)",
        "How active were they in the last 365 days?",
    ),
    "log_active_day_count_30d": (
        "Active days, last 30 days (log)",
        "On how many days did they come in the last 30 days?",
    ),
    "log_active_day_count_90d": (
        "Active days, last 90 days (log)",
        "On how many days did they come in the last 90 days?",
    ),
    "log_active_day_count_365d": (
        "Active days, last 365 days (log)",
        "On how many days did they come in the last 365 days?",
    ),
    "log_product_count": ("Products (log)", "How many products do they look at?"),
    "log_category_count": ("Categories (log)", "How wide is their interest?"),
    "log_brand_count": ("Brands (log)", "How many brands do they compare?"),
    "favourite_brand_share": ("Favourite brand", "Are they loyal to a brand?"),
    "favourite_category_share": ("Favourite category", "Do they come for one thing?"),
    "night_event_rate": ("At night", "Do they come at night?"),
    "weekend_event_rate": ("At weekends", "Do they come at weekends?"),
} | {
    f"log_{name}_{days}d": (f"{label}, last {days} days (log)", question)
    for name, label, question in (
        ("order_count", "Orders", "How often have they bought lately?"),
        ("revenue", "Revenue", "How much have they spent lately?"),
        ("event_count", "Events", "How much have they looked at lately?"),
        ("active_day_count", "Active days", "How often have they come lately?"),
    )
    for days in (30, 90, 365)
}
