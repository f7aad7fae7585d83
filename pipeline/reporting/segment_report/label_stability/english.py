"""The English texts on the certainty of the labels."""

ENGLISH = {
    "certainty": "How sure is a label",
    "certainty_threshold": "Who gets a segment",
    "certainty_threshold_text": (
        "A customer needs at least {min_events} events. Below that, a single event is more than"
        " {step} of all that is known about a customer: shares jump, and a label would with "
        "them."
    ),
    "certainty_below": (
        "Below the threshold: {customers} customers, {share} of all, with {revenue} of the revenue."
    ),
    "certainty_below_few": (
        "Below the threshold: {customers} customers, {share} of all; their revenue is not "
        "shown, to protect a small group."
    ),
    "certainty_below_small": "Below the threshold: fewer than {minimum} customers.",
    "certainty_below_none": "No customer is below the threshold.",
    "certainty_curve": "How soon a label is the final one",
    "certainty_curve_missing": (
        "No customer has a history long enough to tell how soon a label is the final one."
    ),
    "certainty_curve_text": (
        "{count} customers with at least {history} events were labelled again by their first "
        "events alone, as if seen on the day after. At the threshold of {min_events} events, "
        "{share} of them ({lower} to {upper}) already had the label that all of their events give."
    ),
    "certainty_curve_before": (
        "{count} customers with at least {history} events were labelled again by their first "
        "events alone, as if seen on the day after. At {event_count} events, the last point before"
        " the threshold of {min_events}, {share} of them ({lower} to {upper}) already had the "
        "label that all of their events give."
    ),
    "certainty_low": (
        "So a label at the threshold says what a customer has done so far, and is no forecast of "
        "the label after {history} events."
    ),
    "certainty_high": (
        "So at the threshold most labels are already those of a long history, and a higher "
        "min_events would leave more customers without a segment for little."
    ),
    "certainty_half": "Half have it from {half} events on.",
    "certainty_most": "Half have it from {half} events on, four in five from {most}.",
    "certainty_never": "Not even half have it at any of the points that were looked at.",
    "certainty_advice": (
        "These are the most active customers, and the model of today; others were not followed. If "
        "labels have to last, try a higher min_events, such as {events}: fewer customers get a "
        "segment then, from a model of their own. Part of the change is real: who does more "
        "becomes somebody else, and no threshold can foresee that."
    ),
    "certainty_between": "Between two segments",
    "certainty_between_text": (
        "{customers} customers, {share} of those with a segment, lie between two segments: "
        "their own centre is less than {nearer} nearer than the next one (confidence below "
        "{confidence})."
    ),
    "certainty_between_small": (
        "Fewer than {minimum} customers lie between two segments (confidence below {confidence})."
    ),
    "certainty_between_untold": (
        "How many customers lie between two segments (confidence below {confidence}) is not shown, "
        "to protect a small segment."
    ),
    "certainty_between_none": (
        "No customer lies between two segments (confidence below {confidence})."
    ),
    "certainty_between_count": "Between two",
    "certainty_between_share": "Share of the segment",
    "certainty_hidden": "A dash hides fewer than {minimum} customers.",
    "certainty_hidden_public": (
        "A dash hides fewer than {minimum} customers, and figures from which they could be worked "
        "out."
    ),
    "certainty_chart": "Customers who already have their final label",
    "certainty_chart_alt": (
        "Line with its 95 % interval over the number of events seen: {figures}. The threshold is "
        "at {min_events}."
    ),
    "certainty_chart_figure": "{count}: {share}",
    "certainty_axis_events": "events seen (logarithmic scale)",
    "certainty_axis_share": "share with the final label",
    "certainty_legend": "min_events = {min_events}",
}
