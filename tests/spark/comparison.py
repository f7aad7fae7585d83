"""What each relation of `core` is compared by.

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
    "event_types": "select * from core.event_types",
    "loaded_files": (
        "select source_file, fingerprint, decimal_mark, thousands_mark, size_bytes, line_count,"
        " modified_at_ns, end_of_belief, kept_count, duplicate_count, rejected_count,"
        " unreadable_category_count,"
        " read_revenue, kept_revenue, duplicate_revenue, refused_revenue, revenue_without_user,"
        " revenue_above_maximum, refused_amount_of_unknown_type, first_event_at, last_event_at"
        " from core.loaded_files"
    ),
    "sessions": "select * from core.sessions",
    "days": "select * from core.days",
    "int_cart_steps": "select * from core.int_cart_steps",
    "int_category_prices": (
        "select visit_month, category_id, product_count, round(median_price, 9) as median_price"
        " from core.int_category_prices"
    ),
    "shelf_names": (
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
