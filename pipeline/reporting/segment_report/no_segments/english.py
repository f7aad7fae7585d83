"""The English texts where nobody has a segment."""

ENGLISH = {
    "nobody_lead": "No customer has a segment: there is no model, because these data allow none.",
    "nobody_too_few_events": "{count} customers: too few events (min_events in dbt_project.yml).",
    "nobody_too_few_users": (
        "{count} customers: enough events each, but too few customers, or too much alike, to be "
        "told apart."
    ),
    "nobody_automatic_traffic": "{count} customers: automatic traffic (scrapers, test accounts).",
    "nobody_other": "{count} customers: {reason}.",
    "nobody_lines": (
        "{lines} lines were read: {kept} kept, {repeated} repeated, {refused} refused. Revenue "
        "that was kept: {revenue}."
    ),
    "nobody_advice": (
        "What helps is more data: put further files into the data folder and run again. The events "
        "and features of everybody are in the warehouse, and published for readers."
    ),
}
