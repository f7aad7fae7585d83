{# The numeric features of `user_features` by which segments are described. #}
{% macro profile_features() -%}
    {{ return([
        'event_count', 'view_count', 'cart_count', 'removal_count',
        'purchase_count', 'session_count', 'active_day_count', 'recency_days',
        'tenure_days', 'events_per_session', 'median_session_seconds',
        'cart_to_purchase_rate', 'removal_rate', 'revenue', 'order_count',
        'average_order_value', 'mean_viewed_price', 'price_level',
        'product_count', 'category_count', 'brand_count',
        'favourite_brand_share', 'favourite_category_share', 'night_event_rate',
        'weekend_event_rate', 'order_count_30d', 'previous_order_count',
    ]) }}
{%- endmacro %}

{# The spread of a feature, from these quantiles: from the first to the last,
   the standard deviation where those coincide, null for a constant. Rounded,
   because the deviation of doubles depends on their order. #}
{% macro spread(quantiles, deviation) -%}
    coalesce(
        nullif((
            {{ item_of(quantiles, 3) }} - {{ item_of(quantiles, 1) }}
        )::double, 0),
        nullif(round({{ deviation }}, 6), 0)
    )
{%- endmacro %}
