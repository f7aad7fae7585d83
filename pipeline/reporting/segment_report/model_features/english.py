"""The English texts on the features that the model reads."""

ENGLISH = {
    "reading": "Why these features",
    "reading_text": (
        "The model reads {count} of the features below. Each answers a different question about"
        " a customer; of two that rank customers alike, one is enough. Counts, money and times "
        "have long tails: they enter as logarithms of 1 + x, are capped at both ends and "
        "brought to the same scale, so that no unit and no extreme customer decides alone. None"
        " rests on the names of the categories, which a store may rearrange without any "
        "customer changing."
    ),
    "reading_constants": (
        "The same for everybody here, but for a few extremes, and so left out of the model: "
        "{names}."
    ),
    "reading_question": "Question it answers",
    "reading_alike": "Do two of them say the same?",
    "reading_alike_missing": (
        "The current model was trained before the correlations of its features were kept, or on "
        "too few customers for any."
    ),
    "reading_alike_none": (
        "No: no two features rank customers alike (rank correlation above {threshold}). The "
        "closest are “{first}” and “{second}”, with {value}."
    ),
    "reading_alike_some": (
        "Two features that rank customers alike (rank correlation above {threshold}) would count "
        "one thing twice. That is so of: {pairs}."
    ),
    "reading_pair": "“{first}” and “{second}”, {value}",
    "reading_pair_zeros": (
        "“{first}” and “{second}”, {value}, but {without} among the customers for whom not both "
        "are 0"
    ),
    "reading_zeros_note": (
        "Where the second figure is low, the two agree on who has nothing, and on little else: "
        "then both may stay."
    ),
    "reading_columns": "Every column that it could read",
    "reading_columns_text": (
        "“Ranks most like” is the closest of the columns that the model reads, by the rank "
        "correlation (Spearman) of the eligible customers of today, or of {count} of them drawn by "
        "a hash of the id. Above 0.9, in either direction, one of the two stands for both. Others "
        "are left out because they grow by themselves as time goes by (PSI), say nearly the same "
        "as another, or answer no question that a campaign could use. Caps are in the unit of the "
        "feature: what lies outside counts as the cap."
    ),
    "reading_model": "The model",
    "reading_kept": "reads it",
    "reading_constant": "left out: the same for all",
    "reading_left_out": "leaves it out",
    "reading_closest": "Ranks most like",
    "reading_rho": "Correlation",
    "reading_transform": "Transform",
    "reading_log": "log(1 + x)",
    "reading_ln": "log(x)",
    "reading_as_it_is": "none",
    "reading_caps": "Caps",
    "reading_range": "{lower} to {upper}",
    "reading_caps_hidden": (
        "Caps are not shown: fewer than {minimum} training customers lie beyond each, so that a "
        "cap may be the figure of one of them."
    ),
    "reading_stable": "Do they hold still from month to month?",
    "reading_stable_missing": (
        "That takes two months at the ends of which customers had enough events."
    ),
    "reading_stable_text": (
        "The population stability index between the customers of {former} and those of {later}: "
        "below 0.1 a feature is stable. A feature that moves by itself moves the segments, too. "
        "Counts grow with every month that is added, most in a store's first months. {verdict}"
    ),
    "reading_stable_all": "All are stable.",
    "reading_stable_some": "{stable} of {count} are stable.",
    "reading_latest": "PSI, last two months",
    "reading_largest": "Highest of all months",
}
