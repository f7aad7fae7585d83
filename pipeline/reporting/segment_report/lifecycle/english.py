"""The English texts on where customers stand."""

ENGLISH = {
    "lifecycle": "Where every customer stands",
    "lifecycle_missing": (
        "The warehouse was made before states were kept: run the pipeline once more."
    ),
    "lifecycle_lead": (
        "Everybody has a state, with a segment or without. It compares the days since the last "
        "order with the customer's own rhythm, the mean number of days from one order to the next, "
        "but never with fewer than {shortest}."
    ),
    "lifecycle_rhythm": (
        "Who has ordered on one day only is measured by the store's rhythm of {days} days, the "
        "median of the customers who ordered on two days or more: {customers}."
    ),
    "lifecycle_default": (
        "Nobody has ordered on two days yet, so everybody is measured by {days} days, a setting of "
        "the project."
    ),
    "lifecycle_meaning": "Last order",
    "lifecycle_state": "State",
    "lifecycle_customers": "Customers",
    "lifecycle_share": "Share",
    "lifecycle_revenue": "Share of revenue",
    "lifecycle_prospect": "Prospect",
    "lifecycle_new": "New",
    "lifecycle_active": "Active",
    "lifecycle_at_risk": "At risk",
    "lifecycle_lapsed": "Lapsed",
    "lifecycle_lost": "Lost",
    "lifecycle_prospect_meaning": "none so far",
    "lifecycle_new_meaning": "on the only order day, at most {at_risk} rhythms ago",
    "lifecycle_active_meaning": "at most {at_risk} rhythms ago",
    "lifecycle_at_risk_meaning": "{at_risk} to {lapsed} rhythms ago",
    "lifecycle_lapsed_meaning": "{lapsed} to {lost} rhythms ago",
    "lifecycle_lost_meaning": "more than {lost} rhythms ago",
    "lifecycle_automatic": (
        "Automatic traffic is not counted here, neither people nor revenue: {customers} users."
    ),
}
