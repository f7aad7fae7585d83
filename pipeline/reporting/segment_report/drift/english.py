"""The English texts on drift."""

ENGLISH = {
    "drift": "Has the data moved",
    "drift_missing": (
        "Nothing can be said: the current model was trained before it was kept how its customers "
        "were distributed, or nobody has enough events today."
    ),
    "drift_lead": (
        "The population stability index (PSI) compares the customers of today with those who "
        "trained the model, one feature at a time: below 0.1 a feature is where it was, above "
        "0.25 it is another one."
    ),
    "drift_none": "No feature is above the threshold; the highest index is {psi}, of “{feature}”.",
    "drift_same": "Nothing has moved: they are the same customers, with the same history.",
    "drift_some": (
        "Above the threshold: {features}. Customers are no longer what they were: consider a new "
        "model, `python run_pipeline.py run --retrain`. Nothing is trained without being asked "
        "for. In a store's first months this is expected, because histories grow."
    ),
    "drift_psi": "PSI",
    "drift_noise": "By chance, at most",
    "drift_moved": "Moved?",
    "drift_yes": "yes",
    "drift_no": "no",
    "drift_one": "“{feature}” ({psi})",
}
