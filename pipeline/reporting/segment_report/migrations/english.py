"""The English texts on who moved."""

ENGLISH = {
    "moves": "Who moved",
    "moves_missing": (
        "With a single month and a single model there is no former segment to compare with."
    ),
    "moves_lead": (
        "Rows say where customers were before, columns where they are after; a number is how many "
        "went that way. {sample}"
    ),
    "moves_all": "Every customer is counted.",
    "moves_sample": (
        "They are a sample, {share} of all customers, drawn by a hash of the id; the numbers are "
        "those of the sample."
    ),
    "moves_month": "From {former} to {later}",
    "moves_model": "From model {former} to model {later}",
    "moves_month_text": (
        "Both ends are labelled by the current model, so whoever moved has changed, not the model."
    ),
    "moves_model_text": (
        "Both ends are customers as they are today, so whoever moved was moved by the new model."
    ),
    "moves_no_model": "There is one model so far: nobody has been moved by a new one.",
    "moves_no_month": "There is one month so far: nobody can have moved from one to the next.",
    "moves_unreadable_model": (
        "Model {former} reads a feature that is no longer there, so it cannot say where the "
        "customers of today would be."
    ),
    "moves_new": "New with model {later}, with an id that no segment had before: {names}.",
    "moves_retired": (
        "Retired, because too few of its members are still together: {names}. The id is not given "
        "to another segment."
    ),
    "moves_same_segments": (
        "No segment is new and none is retired: each of model {former} has its successor, with the "
        "same id, in model {later}."
    ),
    "moves_quoted": "“{name}”",
    "moves_stayed": "Of those who had a segment before, {share} are still in it.",
    "moves_from": "Before",
    "moves_not_seen_yet": "not seen yet",
    "moves_without": "no segment",
    "moves_hidden_public": (
        "“{mark}” hides a number below {minimum}, and others, from which such a number could be "
        "worked out."
    ),
    "moves_hidden": "“{mark}” stands where fewer than {minimum} customers went that way.",
    "moves_mark": "hidden",
}
