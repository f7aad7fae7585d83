{# The features, from what `feature_inputs` counts of each user. `keys` as in
   `user_totals`. #}
{% macro feature_columns(users, keys) %}
    select
        {{ keys | join(', ') }},

        event_count,
        view_count,
        cart_count,
        removal_count,
        purchase_count,
        refund_count,
        session_count,
        active_day_count,

        recency_days,
        tenure_days,
        purchase_recency_days,

        {{ ratio('event_count', 'session_count') }} as events_per_session,
        median_session_seconds,
        view_count / nullif(purchase_count, 0)::double as views_per_purchase,
        {{ ratio('purchased_cart_count', 'cart_count') }}
            as cart_to_purchase_rate,
        least(1, {{ ratio('removal_count', 'cart_count') }}) as removal_rate,

        revenue,
        order_count,
        {{ ratio('revenue', 'order_count') }} as average_order_value,
        {{ ratio('viewed_value', 'view_count') }} as mean_viewed_price,
        {{ ratio('price_level_sum', 'levelled_view_count', 1) }}
            as price_level,

        product_count,
        category_count,
        brand_count,
        {{ ratio('favourite_brand_event_count', 'event_count') }}
            as favourite_brand_share,
        {{ ratio('favourite_category_event_count', 'event_count') }}
            as favourite_category_share,

        {{ ratio('night_event_count', 'event_count') }} as night_event_rate,
        {{ ratio('weekend_event_count', 'event_count') }}
            as weekend_event_rate,

        mean_days_between_orders,
        stddev_days_between_orders,
        {{ window_columns() | join(', ') }},
        previous_order_count,

        recency_score,
        frequency_score,
        monetary_score,

        is_automatic,

        first_event_at,
        last_event_at

    from {{ users }}
{% endmacro %}
