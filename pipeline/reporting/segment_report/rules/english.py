"""The English texts on the rules."""

ENGLISH = {
    "rules": "In plain rules",
    "rules_missing": (
        "The current model was trained before rules were kept; train a new one to see them."
    ),
    "rules_lead": (
        "A shallow decision tree was asked to find the segments with few and round conditions. It "
        "gives {fidelity} of the customers that it had not seen the segment that the model gives "
        "them. The rules explain the segments, they do not decide: that is the model's work."
    ),
    "rules_lead_unmeasured": (
        "A shallow decision tree was asked to find the segments with few and round conditions. "
        "There were too few customers to hold some out, so how well it does was not measured."
    ),
    "rules_rule": "Rule",
    "rules_precision": "Precision",
    "rules_recall": "Recall",
    "rules_none": "no rule: a tree this shallow never names this segment",
    "rules_hidden": "not shown: fewer than {minimum} customers",
    "rules_note": (
        "Precision: of those who meet the rule, the share that is in the segment. Recall: of the "
        "segment, the share that meets the rule. Both are measured on customers held out of the "
        "tree."
    ),
    "rules_importance": "What sets each segment apart",
    "rules_importance_text": (
        "How far a segment lies from the average customer, as the model measures it, and how much "
        "of that distance each feature makes up. Features that move together share what they "
        "explain."
    ),
    "rules_matrix": "Every feature, every segment",
    "rules_matrix_text": (
        "The same shares in full: each column adds up to 100 %, but for rounding. A feature that "
        "is low in every column tells no segment from the average customer."
    ),
    "rules_no_importance": (
        "The current model was trained before the importance of the features was kept."
    ),
    "rules_first": "First",
    "rules_second": "Second",
    "rules_third": "Third",
    "rules_weight": "{feature}: {share}",
}
