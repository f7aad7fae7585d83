"""The English texts on the data."""

ENGLISH = {
    "data": "The data",
    "data_files": "What was loaded",
    "file": "File",
    "lines": "Lines read",
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
    "type_view": "{count} views",
    "type_cart": "{count} cart additions",
    "type_remove_from_cart": "{count} removals from the cart",
    "type_purchase": "{count} purchases",
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
