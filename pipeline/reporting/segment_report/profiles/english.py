"""The English texts on the segments side by side."""

ENGLISH = {
    "segments": "The segments",
    "segments_lead": (
        "A customer is one user id of the store, whether it bought or not. Shares are of all "
        "customers with a segment, and of their revenue. Lift is the revenue per customer of the "
        "segment divided by that of all customers with a segment: above 1, it brings in more than "
        "its size. Amounts are {in_currency}."
    ),
    "rounded_people": (
        "Totals of customers, and shares of them, leave out the groups of fewer than {minimum} "
        "people, so that none of these can be worked out from the others. A total is at most 1 % "
        "from the truth; one that would be further is not shown."
    ),
    "rounded_revenue": (
        "Revenue of segments, and what is computed from it, is shown with three digits, and that "
        "of customers without a segment is not, because one of these groups has fewer than "
        "{minimum} buyers."
    ),
    "all_labelled": "All with a segment",
    "customer_share": "Share",
    "revenue_share": "Revenue share",
    "revenue_per_customer": "Per customer",
    "traits": "What distinguishes it",
    "no_traits": "On every feature its median is close to everyone's.",
    "traits_note": (
        "Medians of the segment beside the median of everyone with a segment; what only buyers "
        "have is compared among buyers, what only a cart can have among those who filled one. Far: "
        "at least 1 spread apart (the distance from the 10 % to the 90 % quantile of everyone), "
        "well: at least half a spread, otherwise at least a tenth."
    ),
    "action": "What to do",
    "chart_sizes": "Size and revenue of the segments",
    "chart_sizes_alt": "Bars: for each segment its share of customers and of revenue. {figures}.",
    "chart_sizes_figure": "{name}: {customers} and {revenue}",
    "chart_profiles": "How far each segment lies from everyone",
    "chart_profiles_alt": (
        "Heat map: for each feature and segment, the distance of the median from everyone's. "
        "{figures}."
    ),
    "chart_profiles_figure": "{name} differs most in {feature} ({deviation})",
    "chart_profiles_caption": (
        "Distance of the segment's median from everyone's, in everyone's spreads (10 % to 90 % "
        "quantile). Orange: above everyone; purple: below. Colours end at ±1.5. An empty cell: too "
        "few of the segment bought, or filled a cart."
    ),
    "chart_places": "Customers on the first two components",
    "chart_places_alt": (
        "Scatter plot of {count} sampled customers on the first two principal components, "
        "coloured by segment."
    ),
    "chart_places_caption": (
        "{count} customers, drawn by a hash of their id, placed as the scoring places them. The"
        " two axes hold {share} of the variance, so segments that overlap here may be apart on "
        "other axes."
    ),
    "axis_place": "component {number} ({share} of the variance)",
    "tiny_store": (
        "The store has fewer than {minimum} customers: its figures are those of single people."
    ),
}
