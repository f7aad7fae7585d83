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
    "segment": "Segment",
    "customers": "Customers",
    "customer_share": "Share",
    "revenue": "Revenue",
    "revenue_share": "Revenue share",
    "lift": "Lift",
    "buyer_rate": "Bought",
    "revenue_per_customer": "Per customer",
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
    "traits": "What distinguishes it",
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
    "no_traits": "On every feature its median is close to everyone's.",
    "traits_note": (
        "Medians of the segment beside the median of everyone with a segment; what only buyers "
        "have is compared among buyers, what only a cart can have among those who filled one. Far: "
        "at least 1 spread apart (the distance from the 10 % to the 90 % quantile of everyone), "
        "well: at least half a spread, otherwise at least a tenth."
    ),
    "rule": "Why it is called so",
    "action": "What to do",
    "action_size": "Size today: {customers} customers.",
    "action_response": (
        "Past response: of those in the segment on {moment}, {rate} bought in the month that "
        "followed, whatever the store did in it ({average} of all with a segment)."
    ),
    "action_hidden": "The past response rests on too few people to be shown.",
    "action_unmeasured": "No past response has been measured yet.",
    "yes": "yes",
    # Charts
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
    "chart_places_missing": "The model keeps one component only, so there is no plane to draw.",
    "chart_variance": "Variance explained by the components",
    "chart_variance_alt": (
        "Bars per component and cumulative line; the first {kept} of {count} components reach "
        "{share}."
    ),
    "axis_component": "component",
    "axis_variance": "share of the variance",
    "axis_share": "share",
    "axis_place": "component {number} ({share} of the variance)",
    "legend_customers": "of the customers",
    "legend_revenue": "of the revenue",
    "legend_kept": "kept",
    "legend_left": "left out",
    "legend_cumulative": "cumulative",
    "legend_threshold": "threshold {share}",
    "differences": "How they differ",
    # Method
    "method": "How the model was trained",
    "feature": "Feature",
    "method_training": "The training",
    "training_text": (
        "Version {version} learned from {training} of the {eligible} customers who were "
        "eligible then, with features as of {as_of}. All eligible customers, outliers too, are "
        "then given the nearest segment."
    ),
    "method_components": "The components",
    "components_text": (
        "Principal components turn features that move together into few axes without "
        "correlation. The first {kept} of {count} hold {share} of the variance: the fewest that"
        " reach the threshold of {threshold}. The rest is mostly noise and would only blur "
        "distances."
    ),
    "components_text_bare": "The first {kept} of {count} components hold {share} of the variance.",
    "component_reads": "Component {number} ({share}): {weights}.",
    "more": "grows with {features}",
    "less": "falls with {features}",
    # Data
    "data": "The data",
    "data_files": "What was loaded",
    "file": "File",
    "size": "Size",
    "lines": "Lines read",
    "kept": "Kept",
    "duplicates": "Duplicates",
    "rejected": "Rejected",
    "refused_revenue": "Revenue rejected",
    "first_event": "First event",
    "last_event": "Last event",
    "total": "Total",
    "ledger_identity": (
        "Lines read = kept + duplicates + rejected: {lines} = {kept} + {duplicates} + {rejected}."
    ),
    "money_identity": (
        "The same in revenue, of lines whose price can be read: {read} = {kept} + {duplicates} + "
        "{rejected}."
    ),
    "lost_money": (
        "Of the revenue of {file}, {refused} was REJECTED, {share}; {amount} of it for this "
        "reason: {reason}."
    ),
    "lost_money_more": "In all, {count} files lost more than 1 % of their revenue so.",
    "ledger_balanced": "This holds for every file.",
    "ledger_unbalanced": "This does NOT hold for: {files}. Load those files again.",
    "categories_unreadable": (
        "{count} lines had a category id that could not be read; they are counted as kept, "
        "without a category, unless another reason applies."
    ),
    "hole": (
        "On {day} the logging failed: hardly an event is there. What customers did on that day is "
        "missing from everything below."
    ),
    "holes": (
        "On these days the logging failed, hardly an event is there: {days}. What customers did on "
        "them is missing from everything below."
    ),
    "many_holes": (
        "On {count} days the logging failed, hardly an event is there, the first of them: {days}. "
        "What customers did on them is missing from everything below."
    ),
    "types_text": "Kept events: {types}.",
    "data_rejected": "What was rejected, and why",
    "reason": "Reason",
    "line_count": "Lines",
    "line_share": "Share of lines read",
    "nothing_rejected": "No line was rejected.",
    "data_revenue": "The revenue, step by step",
    "step": "Step",
    "revenue_same": "The revenue is the same, to the cent, at every step.",
    "revenue_same_unseen": (
        "The revenue is the same, to the cent, at every step: visits on or after {as_of}, which"
        " the features do not see, brought in {unseen}."
    ),
    "revenue_differs": (
        "The revenue DIFFERS between steps: build the warehouse again before using the figures."
    ),
    "step_loaded_files": "Lines kept, per file",
    "step_events": "Events",
    "step_sessions": "Visits",
    "step_user_features": "Customers",
    "step_user_segments": "Segments, and customers without one",
    "data_unsegmented": "Customers without a segment",
    "unsegmented_none": "Every customer has a segment.",
    "share_of_customers": "Share of customers",
    "share_of_revenue": "Share of revenue",
    "unsegmented_too_few_events": "fewer than {min_events} events",
    "unsegmented_automatic_traffic": "automatic traffic (scrapers, test accounts)",
    "tiny_store": (
        "The store has fewer than {minimum} customers: its figures are those of single people."
    ),
    # Glossary
    "glossary": "Glossary of the features",
    "glossary_lead": (
        "All are computed per customer, over all files, from events before {as_of}. Days and hours "
        "are UTC."
    ),
    "unit": "Unit",
    "meaning": "Meaning",
    "name_in_data": "Name in the warehouse",
    "privacy": (
        "This report shows no user id and no group of fewer than {minimum} people. In the map of "
        "the two main axes each dot is one customer, without a name or a figure."
    ),
    "privacy_internal": (
        "The report is meant for readers inside the company: whoever knows a total and the other "
        "groups can work out a small one. For readers outside, set `disclosure: publish`."
    ),
    "privacy_public": "None can be worked out from the totals.",
    # Event types
    "type_view": "{count} views",
    "type_cart": "{count} cart additions",
    "type_remove_from_cart": "{count} removals from the cart",
    "type_purchase": "{count} purchases",
    # Reasons
    "reason_empty_line": "empty line",
    "reason_invalid_text": "bytes that are no text (another encoding, damage)",
    "reason_unclosed_quote": "a quotation mark that is never closed, or closes in mid-field",
    "reason_repeated_header": "the header once more, in the middle of the file",
    "reason_below_other_header": "below a second header that names other columns",
    "reason_wrong_column_count": "wrong number of columns (torn or damaged line)",
    "reason_missing_user": "no user id",
    "reason_invalid_user": "user id is no number",
    "reason_missing_time": "no time",
    "reason_invalid_time": "time cannot be read",
    "reason_time_too_early": "time is before the earliest believed (setting min_event_time)",
    "reason_time_in_future": "time is later than the file",
    "reason_missing_product": "no product id",
    "reason_invalid_product": "product id is no number",
    "reason_missing_event_type": "no event type",
    "reason_ignored_event_type": "event type that is to be ignored (setting ignored_event_types)",
    "reason_unknown_event_type": "unknown event type (setting event_types)",
    "reason_missing_price": "no price",
    "reason_invalid_quantity": "quantity is no number, or zero",
    "reason_invalid_price": "price is no number",
    "reason_price_not_positive": "price is zero or negative",
    "reason_price_above_maximum": "price above the maximum (setting max_price)",
}
