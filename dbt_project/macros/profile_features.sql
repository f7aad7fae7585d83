{# The numeric features of `user_features` by which segments are described. #}
{% macro profile_features() -%}
    {{ return([
        'event_count', 'view_count', 'cart_count', 'removal_count', 'purchase_count',
        'session_count', 'active_day_count', 'recency_days', 'tenure_days',
        'events_per_session', 'median_session_seconds', 'cart_to_purchase_rate', 'removal_rate',
        'revenue', 'order_count', 'average_order_value', 'mean_viewed_price', 'price_level',
        'product_count', 'category_count', 'brand_count', 'favourite_brand_share',
        'favourite_category_share', 'night_event_rate', 'weekend_event_rate',
        'recent_order_count', 'previous_order_count',
    ]) }}
{%- endmacro %}

{# The spread of a feature: from the 10 % to the 90 % quantile, the standard deviation where those
   coincide, null for a constant. Rounded, because the deviation of doubles depends on their order. #}
{% macro spread(feature) -%}
    coalesce(
        nullif((quantile_cont({{ feature }}, 0.9) - quantile_cont({{ feature }}, 0.1))::double, 0),
        nullif(round(stddev_pop({{ feature }})::double, 6), 0)
    )
{%- endmacro %}
