"""The English texts on the number of segments."""

ENGLISH = {
    "choice": "How many segments",
    "choice_rule": (
        "Every number from {low} to {high} was tried. The rule asks three questions, in this "
        "order: do the segments come back in other samples; which number, the largest of equally "
        "good ones, shows most beyond customers without segments; and, where none does, how few "
        "segments tell nearly all that can be told of what customers spend next? It chose {k}."
    ),
    "choice_user": (
        "Every number from {low} to {high} was tried. {k} was set by hand, not by the rule; the "
        "figures for every k are in the table."
    ),
    "choice_user_rule": "The rule alone would have taken {rule}.",
    "choice_user_same": "The rule alone would have taken {rule} as well.",
    "choice_kept": (
        "From these figures alone the rule would have taken {rule}; the former number, {k}, stays "
        "because none of its segments is lost, it still shows more than customers without "
        "segments, and the gain of silhouette at {rule}, {rule_gain}, does not exceed its own, "
        "{gain}, by three standard errors ({limit})."
    ),
    "choice_kept_bare": (
        "From these figures alone the rule would have taken {rule}; the former number, {k}, stays "
        "because none of its segments is lost, and no number shows more than customers without "
        "segments, so nothing is proven against it."
    ),
    "choice_sample": (
        "All of this, but what is explained of next month, was measured on the {training} "
        "customers who trained the model, the repetitions on {resample} of them at the most."
    ),
    "choice_sample_bare": (
        "All of this, but what is explained of next month, was measured on the {training} "
        "customers who trained the model."
    ),
    "choice_natural": (
        "The verdict: natural. The segments come back in other samples, and they are more "
        "separate than any cut through invented customers who have the same features, the same "
        "correlations and no segments. This does not prove that there are gaps between kinds of "
        "people: a bent continuum passes as well."
    ),
    "choice_stretched": (
        "The verdict: reproducible. The segments come back in other samples, so two analysts would "
        "find the same ones. This store records purchases only, so customers were compared mostly "
        "along what they can be expected to spend: the segments are a useful cut through that, and "
        "no claim that nature made them."
    ),
    "choice_reproducible": (
        "The verdict: reproducible. The segments come back in other samples, so two analysts would "
        "find the same ones. But what they gain over invented customers without any segments stays "
        "below the bounds set for it: this is a stable cut, without proof that there are kinds of "
        "customers."
    ),
    "choice_constructive": (
        "The verdict: constructive. Other customers of the same store would be cut elsewhere, so "
        "these segments are made, not found. The cut may be useful, and whether it is shows in "
        "what the segments do next month."
    ),
    "choice_no_verdict": (
        "The current model was trained before there was a verdict on it; train a new one to get "
        "one."
    ),
    "choice_knee": "The knee is at {knee}.",
    "choice_drop": (
        "The step from {before} to {k} segments lowers the inertia by {drop}, the step from {k} to "
        "{after} by {next_drop}."
    ),
    "choice_drop_last": "The step from {before} to {k} segments lowers the inertia by {drop}.",
    "choice_drop_first": "The step from {k} to {after} segments lowers the inertia by {next_drop}.",
    "choice_silhouette_best": "The silhouette of {k} segments, {value}, is the highest of all.",
    "choice_silhouette": (
        "The silhouette of {k} segments is {value}; the highest of all is {best}, at {best_k}."
    ),
    "choice_null": (
        "Customers without segments, with the same features and rank correlations, get {null} "
        "when cut into {k}: the gain is {gain}."
    ),
    "choice_null_error": (
        "Their rank correlations miss those of the real customers by {error} at the most."
    ),
    "choice_silhouette_rows": "The silhouette was computed on {count} customers at the most.",
    "choice_figures": "Every figure for every number",
    "choice_mark": "{k} (chosen)",
    "choice_criterion": "Criterion",
    "choice_verdict": "Verdict",
    "choice_is_natural": "natural",
    "choice_is_reproducible": "reproducible",
    "choice_is_constructive": "constructive",
    "choice_who": "Who would choose what",
    "choice_asks": "What it asks",
    "choice_picks": "It takes",
    "choice_its": "Its number",
    "choice_disagree": (
        "The criteria disagree, as they do on any real customers: {spread}. None of them alone "
        "decides."
    ),
    "choice_agree": "All criteria would choose {k}.",
    "choice_spread": "{count} \u00d7 {k}",
    "choice_inertia": "Inertia",
    "choice_inertia_asks": "How far are customers from the centre of their segment?",
    "choice_inertia_picks": "the knee of the curve",
    "choice_knee_distance": "Knee distance",
    "choice_inertia_drop": "Drop of inertia",
    "choice_silhouette_name": "Silhouette",
    "choice_silhouette_asks": "Is the own segment nearer than the next?",
    "choice_silhouette_picks": "the largest",
    "choice_calinski_harabasz": "Calinski-Harabasz",
    "choice_calinski_harabasz_asks": "How much lies between segments, how much within?",
    "choice_calinski_harabasz_picks": "the largest",
    "choice_davies_bouldin": "Davies-Bouldin",
    "choice_davies_bouldin_asks": "How wide are neighbours for their distance?",
    "choice_davies_bouldin_picks": "the smallest",
    "choice_prediction_strength": "Prediction strength",
    "choice_prediction_strength_asks": (
        "Do two halves of the customers keep the same pairs together? The worst segment counts."
    ),
    "choice_prediction_strength_picks": "the largest number with 0.8",
    "choice_adjusted_rand": "Adjusted Rand index",
    "choice_adjusted_rand_asks": "Do resamples give the same labels?",
    "choice_adjusted_rand_picks": "the largest number with 0.9",
    "choice_smallest_jaccard": "Smallest Jaccard index",
    "choice_smallest_jaccard_asks": "Does every segment come back in resamples? The worst counts.",
    "choice_smallest_jaccard_picks": "the largest number with 0.75",
    "choice_silhouette_gain": "Gain of silhouette",
    "choice_silhouette_gain_asks": "How much better than customers without segments?",
    "choice_silhouette_gain_picks": "the largest",
    "choice_silhouette_gain_error": "Gain of silhouette, error",
    "choice_inertia_gain": "Gain of inertia",
    "choice_inertia_gain_asks": "The same, for the inertia (gap statistic).",
    "choice_inertia_gain_picks": "the first that the next does not exceed",
    "choice_inertia_gain_error": "Gain of inertia, error",
    "choice_smallest_share": "Smallest segment",
    "choice_smallest_share_asks": "Is every segment worth a plan?",
    "choice_smallest_share_picks": "the largest number with 5 %",
    "choice_out_of_time_value": "Next month explained",
    "choice_out_of_time_value_asks": (
        "How much of next month's revenue do the segments explain, beyond chance?"
    ),
    "choice_out_of_time_value_picks": "the largest",
    "choice_traded": "What fewer segments lose, and more gain",
    "choice_traded_text": (
        "The fewer the segments, the easier the plan, and the less they tell of what customers "
        "spend next. {k} segments explain {value} of the differences in it; the table says what "
        "another number would, and how much that is of {value}."
    ),
    "choice_number": "Segments",
    "choice_of_chosen": "Of the chosen number",
    "choice_each": "How well each segment comes back",
    "choice_each_text": (
        "The model was trained again on resamples of the customers. The Jaccard index says how "
        "much a segment has in common with the most similar one of each: members shared, divided "
        "by the members of either, on the average. Below 0.6 do not trust it; from 0.75 it is "
        "stable, from 0.85 highly stable (Hennig 2007)."
    ),
    "choice_jaccard": "Jaccard index",
    "choice_reading": "Reading",
    "choice_highly_stable": "highly stable",
    "choice_stable": "stable",
    "choice_doubtful": "a pattern, but its edge moves",
    "choice_unstable": "not to be trusted",
    "choice_caveat": "What these figures do not prove",
    "choice_caveat_text": (
        "A silhouette near 0.5 does not prove that segments exist. 20,000 simulated customers "
        "with one continuous level of activity, and no groups at all, give 0.58, 0.42, 0.47 and"
        " 0.47 for 2, 3, 4 and 5 segments by the same recipe. K-Means cuts any cloud into "
        "pieces. That is why the gain over customers without segments is measured, and why "
        "whether the segments are worth having shows in what the customers do next, not in these "
        "figures."
    ),
    "choice_chart_elbow": "Inertia by number of segments",
    "choice_chart_elbow_alt": (
        "Line falling from {first} at k = {low} to {last} at k = {high}; k = {k} chosen."
    ),
    "choice_chart_silhouette": "Silhouette by number of segments",
    "choice_chart_silhouette_alt": (
        "Line with its highest point, {best}, at k = {best_k}; the chosen k = {k} has {value}."
    ),
    "choice_chart_silhouette_null": (
        "A dashed line shows customers without segments, {null} at the chosen k."
    ),
    "choice_chart_stability": "Do the segments come back?",
    "choice_chart_stability_alt": (
        "Three lines over the number of segments, with their thresholds. At k = {k}: {figures}."
    ),
    "choice_chart_worth": "Next month's revenue explained",
    "choice_chart_worth_alt": (
        "Line over the number of segments: {first} at k = {low}, {last} at k = {high}, {value} at "
        "the chosen k = {k}."
    ),
    "choice_axis_k": "number of segments k",
    "choice_axis_inertia": "inertia (sum of squared distances)",
    "choice_axis_silhouette": "mean silhouette",
    "choice_axis_stability": "index, 1 = always the same",
    "choice_axis_worth": "share of the variance",
    "choice_legend_chosen": "chosen: k = {k}",
    "choice_legend_users": "these customers",
    "choice_legend_null": "customers without segments",
}
