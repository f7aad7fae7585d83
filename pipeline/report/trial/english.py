"""The English texts on a fair test."""

ENGLISH = {
    "trial": "What a fair test needs",
    "trial_missing": (
        "No past response has been measured yet, so the size of a test cannot be computed: that "
        "takes a month after a moment at which customers had a segment."
    ),
    "trial_lead": (
        "What a campaign adds is known only from a test: half of the customers of a segment, drawn "
        "at random, get it, the other half do not. The table says how many each half needs, to see "
        "in 80 of 100 cases (power) an effect of {effect}, that is, a rate that much higher than "
        "the past one, with a false alarm in 5 of 100 cases. The past response is the share that "
        "bought in the month after {moment}, whatever the store did in it: campaigns are not in "
        "the data. No effect is promised."
    ),
    "trial_base": "Past response",
    "trial_arm": "Needed per half",
    "trial_detectable": "Smallest effect it can show",
    "trial_enough": "Large enough?",
    "trial_feasible": "yes",
    "trial_too_small": "no, too small",
    "trial_nobody_responds": "nobody has bought",
    "trial_everybody_responds": "everybody has bought",
    "trial_no_room": "no room above",
    "trial_not_measured": "not measured",
    "trial_hidden": "too few to show",
    "trial_none": (
        "No segment is large enough for an effect of {effect}. Test a segment only if its smallest "
        "effect, in the table, is one that the campaign can be expected to reach, or test several "
        "segments together."
    ),
    "trial_nobody": (
        "Nobody bought in the month after {moment}, and no effect on a rate of 0 can be planned "
        "for: the size of a test cannot be computed."
    ),
    "trial_some": "Large enough for an effect of {effect}: {names}.",
    "trial_note": (
        "Sizes after Fleiss (1981), two-sided, for two proportions, with continuity correction. "
        "The smallest effect is what the whole segment, cut into two halves, can show."
    ),
}
