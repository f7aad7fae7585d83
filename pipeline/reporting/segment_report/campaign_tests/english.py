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
    "trial_how": "How to test it",
    "trial_feasible": "alone",
    "trial_with_others": "with others, see below",
    "trial_in_months": "alone, over {months} months",
    "trial_from_effect": "alone, for {effect} and more",
    "trial_too_small": "too small for any effect",
    "trial_nobody_responds": "nobody has bought",
    "trial_everybody_responds": "everybody has bought",
    "trial_no_room": "no room above",
    "trial_not_measured": "not measured",
    "trial_hidden": "too few to show",
    "trial_nobody": (
        "Nobody bought in the month after {moment}, and no effect on a rate of 0 can be planned "
        "for: the size of a test cannot be computed."
    ),
    "trial_small": "Where a segment is too small for a test of its own",
    "trial_together": (
        "Together large enough for an effect of {effect}: {names}. Of these {customers} customers "
        "{rate} are expected to buy, and each half needs {arm}. Half of each segment gets the "
        "campaign, so that both halves are alike."
    ),
    "trial_together_too_small": (
        "Not even together are they large enough for an effect of {effect}: of the {customers} "
        "customers of {names}, {rate} are expected to buy, and each half would need {arm}. "
        "Together they can show an effect of {smallest} and more."
    ),
    "trial_together_nothing": (
        "Not even together are they large enough for any effect: they are {customers} customers, "
        "of whom {rate} are expected to buy ({names})."
    ),
    "trial_alone": (
        "Alone, a segment can be tested if the campaign goes on for longer: more of its customers "
        "buy meanwhile, so that fewer are needed. How many bought within so many months was "
        "measured, from the latest date on that so many months have followed. The last column says "
        "which effect can be shown without waiting."
    ),
    "trial_alone_unmeasured": (
        "Alone, a segment can be tested if the campaign goes on for longer, because more of its "
        "customers buy meanwhile; how many is not known yet: no two months follow a date at which "
        "customers had a segment. The last column says which effect can be shown without waiting."
    ),
    "trial_months": "Months needed",
    "trial_months_enough": "{months}",
    "trial_months_too_few": "more than {months}",
    "trial_base_months": "Bought within them",
    "trial_rate_from": "{rate} from {moment} on",
    "trial_detectable": "Smallest effect without waiting",
    "trial_note": (
        "Sizes after Fleiss (1981), two-sided, for two proportions, with continuity correction. "
        "The smallest effect is what the whole segment, cut into two halves, can show."
    ),
}
