"""The English texts on what a segment is worth."""

ENGLISH = {
    "worth": "What a segment is worth next month",
    "worth_missing": (
        "No month followed a moment at which customers had a segment, so nothing is known yet "
        "about what the segments do next. Add the next month of data."
    ),
    "worth_lead": (
        "Segments that only describe the past prove nothing. So customers were put into their "
        "segments as they were on {moment}, by nothing but what they had done until then, and the "
        "{days} days that followed, here called the next month, were watched. {count} customers "
        "had a segment then; where the store is large, they are a sample drawn by a hash of the id."
    ),
    "worth_lead_model": (
        "The segments themselves are those of today: caps, axes and centres were learned on data "
        "up to {as_of}, which includes these months."
    ),
    "worth_best": (
        "“{name}” bought {lift} times as often next month as the average: {rate} of them against "
        "{average}."
    ),
    "worth_worst": "“{name}” bought {lift} times as often: {rate} of them.",
    "worth_spent": (
        "In revenue per customer, “{name}” is worth {lift} times the average, {mean} against "
        "{average}."
    ),
    "worth_nobody": (
        "Nobody bought in that month, so no segment can be compared with the average."
    ),
    "worth_members": "Customers then",
    "worth_bought": "Bought next month",
    "worth_interval": "95 % interval",
    "worth_lift": "Times the average",
    "worth_revenue": "Revenue per customer",
    "worth_returned": "Came back",
    "worth_average": "Average",
    "worth_hidden": "A dash stands where fewer than {minimum} people did so.",
    "worth_hidden_public": (
        "A dash stands where fewer than {minimum} people did so, or fewer than {minimum} did not. "
        "An average leaves these out, and is shown where that changes little (1 % of a total)."
    ),
    "worth_note": (
        "An interval is to hold the true figure in 95 of 100 samples: Wilson's for rates, for "
        "revenue Hall's, which allows for the few who spend much. On the stores that it was tried "
        "on, that of revenue did in 92 to 99 of 100, and in fewer where one customer in a hundred "
        "spends a hundred times as much as others; there is none where fewer than ten bought. It "
        "says how certain the figures of this month are, not what another December would bring. A "
        "segment that buys twice as often may have done so without any campaign: campaigns are not "
        "in the data."
    ),
    "worth_chart_buying": "Bought in the next month",
    "worth_chart_revenue": "Revenue per customer, next month",
    "worth_chart_alt": "Dot and 95 % interval for each segment, the average {average}. {figures}.",
    "worth_chart_figure": "{name}: {value} ({lower} to {upper})",
    "worth_chart_value": "{name}: {value}",
    "worth_axis_buying": "share of the customers of the segment",
    "worth_axis_revenue": "mean, {in_currency}",
    "worth_legend": "average: {average}",
    "worth_history": "The same after every month",
    "worth_history_text": (
        "How many times as often as the average each segment bought in the month after each "
        "moment, and in brackets the share that did. One month may be an accident; a segment that "
        "stands out every time is worth planning for. A dash stands where too few people are "
        "concerned."
    ),
    "worth_history_cell": "{lift} ({rate})",
    "worth_shares": "How much of next month's revenue the segments explain",
    "worth_shares_text": (
        "On {moment}, knowing the segment of a customer explains {segment} of the differences in "
        "next month's revenue (share of the variance of log(1 + revenue)). The eleven usual "
        "groups by recency, frequency and money (RFM) explain {rfm_group}, their 125 cells "
        "{rfm_cell}."
    ),
    "worth_benchmark": (
        "A gradient-boosted model that reads the features of the segments ({count}) and nothing "
        "else predicts {boosting} for customers it has not seen: a benchmark of what these "
        "features hold, and no limit."
    ),
    "worth_benchmark_money": (
        "What a customer spent in the past is not among them, so RFM, which knows it, may lie "
        "above it."
    ),
    "worth_shares_note": (
        "Customers who never bought are one RFM group, and one cell. Many small groups explain "
        "some of any outcome by chance; in brackets is what they explain of customers held out: "
        "each third is predicted by the means of the other two. At early moments everybody has a "
        "short history, which the model, trained on longer ones, takes for little interest."
    ),
    "worth_moment": "Moment",
    "worth_segment": "These segments",
    "worth_rfm_group": "11 RFM groups",
    "worth_rfm_cell": "125 RFM cells",
    "worth_boosting": "Gradient boosting",
    "worth_share": "{share} ({held_out})",
    "worth_range": "{lower} to {upper}",
}
