"""The English texts of the report."""

ENGLISH = {
    "title": "Customer segments",
    "synthetic_title": "SYNTHETIC DATA",
    "synthetic": (
        "SYNTHETIC DATA: these customers are made up by a generator. No figure on this page "
        "describes a real store."
    ),
    "synthetic_short": "synthetic data",
    "skip": "Contents",
    "period_day": (
        "Events of {first}; what a customer did is counted up to, not including, {as_of}."
    ),
    "period": (
        "Events from {first} to {last}; what a customer did is counted up to, not including, "
        "{as_of}."
    ),
    "origin_one": "{lines} lines from one file; model version {version}.",
    "origin_many": "{lines} lines from {files} files; model version {version}.",
    "separator": "; ",
    "fewer": "fewer than {minimum}",
    "about": "about {number}",
    "untold": "not shown",
    # Tiles
    "tile_customers": "customers",
    "tile_labelled": "with a segment",
    "tile_segments": "segments",
    "tile_revenue": "revenue",
    "tile_orders": "orders",
    "tile_buyers": "customers who bought",
    # Segments
    "segment": "Segment",
    "customers": "Customers",
    "revenue": "Revenue",
    "lift": "Lift",
    "buyer_rate": "Bought",
    "orders": "Orders",
    "headline": (
        "Holds {customers} of the customers with a segment and {revenue} of their revenue."
    ),
    "headline_customers": "Holds {customers} of the customers with a segment.",
    "headline_untold": "Holds {customers} customers.",
    "headline_small": (
        "Fewer than {minimum} customers: too small a group for any figure to be shown."
    ),
    "few_buyers": "Fewer than {minimum} of them bought, so their revenue is not shown.",
    "trait": "{feature}: {median}, {place} ({everyone})",
    "of_everyone": "{median} for everyone",
    "of_buyers": "{median} for all buyers",
    "of_carters": "{median} for all who filled a cart",
    "far_above": "far above",
    "well_above": "well above",
    "above": "above",
    "far_below": "far below",
    "well_below": "well below",
    "below": "below",
    "rule": "Why it is called so",
    "action_size": "Size today: {customers} customers.",
    "action_response": (
        "Past response: of those in the segment on {moment}, {rate} bought in the month that "
        "followed, whatever the store did in it ({average} of all with a segment)."
    ),
    "action_hidden": "The past response rests on too few people to be shown.",
    "action_unmeasured": "No past response has been measured yet.",
    "yes": "yes",
    # Charts
    "legend_customers": "of the customers",
    "legend_revenue": "of the revenue",
    # Method
    "feature": "Feature",
    # Data
    "kept": "Kept",
    # Glossary
    "meaning": "Meaning",
    "privacy": (
        "This report shows no user id and no group of fewer than {minimum} people. In the map of "
        "the two main axes each dot is one customer, without a name or a figure."
    ),
    "privacy_internal": (
        "The report is meant for readers inside the company: whoever knows a total and the other "
        "groups can work out a small one. For readers outside, set `disclosure: publish`."
    ),
    "privacy_public": "None can be worked out from the totals.",
}
