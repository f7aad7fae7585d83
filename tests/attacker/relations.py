"""Which files, relations and commands a run publishes, and what the attacker has of them."""

from __future__ import annotations

_READ = "The attacker reads it."
_SAME = "Its numbers are those of the report, which a test compares."
_FOR_THE_SHOP = (
    "For whoever may read the warehouse: it answers from files of mode 0600, and goes to nobody."
)
_OF_IDS = "It writes or serves ids, for those who may have them."

#: What the folder of reports holds in the mode `publish`, by pattern.
FILES = {
    r"report\.md": _READ,
    r"model_card\.md": _READ,
    r"report\.html": _SAME,
    r"figures/\w+\.svg": "Drawn from what the report may tell; its texts are compared.",
    r"dbt_docs\.html": "Names and descriptions of relations; no rows.",
}
#: Relations whose figures stand in the report, and in which section.
IN_THE_REPORT = {
    "core.event_types": "The data",
    "core.loaded_files": "The data",
    "core.days": "The data",
    "core.store_rhythm": "Where every customer stands",
    "core.store_totals": "The data",
    "marts.campaigns": "What campaigns changed",
    "marts.campaign_results": "What campaigns changed",
    "marts.cohort_months": "Who came back",
    "marts.current_segment_model": "In plain rules",
    "marts.experiment_sizes": "What a fair test needs",
    "marts.feature_drift": "Has the data moved",
    "marts.feature_redundancy": "Why these features",
    "marts.feature_stability": "Why these features",
    "marts.label_agreement": "How sure is a label",
    "marts.lifecycle_months": "Where every customer stands",
    "marts.model_evaluation": "How many segments",
    "marts.run_ledger": "What changed",
    "marts.run_segments": "What changed",
    "marts.segment_buyer_contrasts": "Segment “x”",
    "marts.segment_favourites": "Segment “x”",
    "marts.segment_feature_profiles": "How they differ",
    "marts.segment_hours": "Segment “x”",
    "marts.segment_migrations": "Who moved",
    "marts.segment_model": "In plain rules",
    "marts.segment_profiles": "The segments",
    "marts.segment_registry": "Who moved",
    "marts.segment_states": "Segment “x”",
    "marts.segment_texts": "Segment “x”",
    "marts.segment_totals": "The segments",
    "marts.segment_value": "What a segment is worth next month",
    "marts.segment_windows": "What a fair test needs",
    "marts.store_months": "What changed",
    "marts.value_shares": "What a segment is worth next month",
}
#: Relations with a row, or a name, of a person: the published file holds them for the shop alone.
NOT_PUBLISHED = {
    "core.id_texts": _OF_IDS,
    "marts.campaign_members": _OF_IDS,
    "marts.campaign_purchases": _OF_IDS,
    "marts.customers": _OF_IDS,
    "marts.segment_inputs": _OF_IDS,
    "marts.user_features": _OF_IDS,
    "marts.user_segments": _OF_IDS,
    "ops.objections": _OF_IDS,
}
#: Relations that say of no person anything, in no report.
SAYS_NO_NUMBER = {
    "core.int_category_prices": "Prices of products.",
    "ops.key_marks": "Which key.",
    "ops.publication": "Which run.",
    "ops.scoring_queries": "Queries.",
}
#: What each command lets out.
COMMANDS = {
    "run": _READ,
    "demo": _READ,
    "report": _READ,
    "etl": "What was loaded, on the terminal of whoever holds the warehouse.",
    "model": "Which model, on the terminal of whoever holds the warehouse.",
    "status": _FOR_THE_SHOP,
    "campaign result": _FOR_THE_SHOP,
    "explore": "A page about raw files, for whoever has these.",
    "export customers": _OF_IDS,
    "export postgres": _OF_IDS,
    "export redshift": _OF_IDS,
    "serve": _OF_IDS,
    "privacy export": _OF_IDS,
    "privacy forget": "What was removed where, by number of rows.",
    "privacy object": "How many object.",
    "privacy record": _FOR_THE_SHOP,
    "privacy rotate-key": "Nothing of anybody.",
}
