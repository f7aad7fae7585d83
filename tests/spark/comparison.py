"""What each relation is compared by.

No hashes, of which each engine has others, and no moments of loading; doubles to nine digits.
"""

from __future__ import annotations

QUERIES = {
    "event_lines": (
        "select source_file, line_number, rejection_reason, is_duplicate, user_id, session_id,"
        " product_id, category_id, event_type, category_code, brand, price,"
        " has_unreadable_category, occurred_at from core.event_lines"
    ),
    "rejected_events": (
        "select source_file, line_number, rejection_reason, raw_line from core.rejected_events"
    ),
    "events": "select * from core.events",
    "id_texts": "select id, kind, id_text from core.id_texts",
    "texts_of_ids": "select kind, id, id_text from core.texts_of_ids",
    "event_types": "select * from core.event_types",
    "loaded_files": (
        "select source_file, fingerprint, decimal_mark, thousands_mark, size_bytes, line_count,"
        " modified_at_ns, future_from, kept_count, duplicate_count, rejected_count,"
        " unreadable_category_count,"
        " read_revenue, kept_revenue, duplicate_revenue, refused_revenue, revenue_without_user,"
        " revenue_above_maximum, refused_amount_of_unknown_type, first_event_at, last_event_at"
        " from core.loaded_files"
    ),
    "int_line_outcomes": "select * from core.int_line_outcomes",
    # The id is stored in the form that takes least room, if the engine has it.
    "int_sessions": (
        "select user_id, coalesce(session_uuid::string, other_session_id) as session_id,"
        " visit_month, visit_date, event_count, view_count, cart_count, removal_count,"
        " purchase_count, refund_count, night_event_count, revenue, started_at,"
        " ended_at, duration_seconds, is_automatic from core.int_sessions"
    ),
    "sessions": "select * from core.sessions",
    "days": "select * from core.days",
    "int_cart_steps": "select * from core.int_cart_steps",
    "int_category_prices": (
        "select visit_month, category_id, product_count, round(median_price, 9) as median_price"
        " from core.int_category_prices"
    ),
    "int_shelf_names": (
        "select visit_month, kind, case when kind = 'category' then shelf_key end as shelf_key,"
        " shelf_name from core.int_shelf_names"
    ),
    "int_user_products": (
        "select user_id, product_id, category_id, brand_hash is null as has_no_brand, event_count,"
        " view_count, lowest_viewed_price, viewed_value_above, visit_month"
        " from core.int_user_products"
    ),
    "int_user_months": "select * from core.int_user_months",
    "int_user_orders": "select * from core.int_user_orders",
    "int_user_carts": "select * from core.int_user_carts",
    "int_user_totals": "select * from core.int_user_totals",
    "store_rhythm": "select * from core.store_rhythm",
    "store_totals": "select * from core.store_totals",
}
# A hash of what a month is made from, and keys of pseudonyms, which Spark does not know.
OF_ONE_ENGINE = {"month_versions", "pseudonym_checks"}
OF_MARTS = [
    "campaign_members", "campaign_purchases", "campaign_results", "campaigns", "cohort_months",
    "current_segment_model", "customers", "experiment_sizes", "feature_drift",
    "feature_redundancy", "feature_stability", "int_campaign_groups", "int_compared_users",
    "int_early_features", "int_early_months", "int_early_segments", "int_early_visits",
    "int_first_events", "int_history_features", "int_history_inputs", "int_history_segments",
    "int_long_histories", "int_outcomes", "int_past_outcomes", "int_previous_segments",
    "int_sampled_users", "int_segment_responses", "int_segment_shelves", "int_snapshots",
    "int_training_users", "label_agreement", "lifecycle_months", "model_evaluation", "run_ledger",
    "run_segments", "segment_buyer_contrasts", "segment_favourites", "segment_hours",
    "segment_feature_profiles", "segment_inputs", "segment_migrations", "segment_model",
    "segment_profiles", "segment_registry", "segment_states", "segment_texts", "segment_totals",
    "segment_value", "segment_windows", "store_months", "trained_segments", "user_features",
    "user_segments", "value_shares",
]  # fmt: skip
# What is no result: when something was done, and hashes of brands, which differ by the engine.
UNEQUAL = {
    "trained_segments": "trained_at",
    "segment_model": "trained_at",
    "current_segment_model": "trained_at",
    "run_ledger": "started_at",
    "run_segments": "started_at",
    "int_segment_shelves": "shelf_key",
}
# Nobody drew a campaign, and there is one version of the model.
EMPTY = {
    "campaign_members", "campaign_purchases", "campaign_results", "campaigns",
    "int_campaign_groups", "int_previous_segments",
}  # fmt: skip
