{# What the model may read of `users`, and whether a user is eligible.
   Everything that is not linear happens here: counts, money and times have long
   tails and enter as log(1 + x), shares as they are or smoothed. `store_rhythm`
   has one row; `keys` as in `user_totals`. #}
{% macro model_inputs(users, store_rhythm, keys) %}
    select
        {{ keys | join(', ') }},

        ln(1 + active_day_count) as log_active_day_count,
        ln(1 + session_count) as log_session_count,
        ln(1 + events_per_session) as log_events_per_session,
        ln(1 + median_session_seconds) as log_median_session_seconds,
        ln(1 + recency_days) as log_recency_days,
        -- In months: who came yesterday differs little from who came last week.
        ln(1 + recency_days / 30) as log_recency_months,
        ln(1 + tenure_days) as log_tenure_days,

        cart_count / event_count::double as cart_rate,
        removal_rate,
        cart_to_purchase_rate,
        ln({{ smoothed_rate(
            intent_count(), 'event_count', 0.2, 5
        ) }}) as ln_intent_rate,
        {{ smoothed_rate(
            'purchase_count', intent_count(), 1, 3
        ) }} as smoothed_conversion_rate,
        least(1, {{ smoothed_rate(
            'removal_count', 'cart_count', 0, 3
        ) }}) as smoothed_removal_rate,

        ln(1 + order_count) as log_order_count,
        ln(1 + greatest(revenue::double, 0)) as log_revenue,
        ln(1 + greatest(average_order_value, 0)) as log_average_order_value,
        {% for column in window_columns() -%}
        ln(1 + greatest({{ column }}::double, 0)) as log_{{ column }},
        {% endfor -%}
        ln(1 + {{ expected_orders(users, store_rhythm) }})
            as log_expected_orders,
        ln(1 + mean_viewed_price) as log_mean_viewed_price,
        ln(1 + price_level) as log_price_level,
        ln({{ smoothed_rate(
            'price_level * view_count', 'view_count', 1, 5
        ) }}) as ln_smoothed_price_level,

        ln(1 + product_count) as log_product_count,
        ln(1 + category_count) as log_category_count,
        ln(1 + brand_count) as log_brand_count,
        favourite_brand_share,
        favourite_category_share,
        {{ smoothed_rate(
            'favourite_category_share * event_count', 'event_count',
            0.4, 5
        ) }} as smoothed_category_share,

        night_event_rate,
        weekend_event_rate,

        not is_automatic and not {{ is_objecting('user_id') }} and (
            order_count >= {{ var('min_orders') }}
            or event_count >= {{ var('min_events') }}
        ) as is_eligible,
        is_automatic

    from {{ users }}
    cross join {{ store_rhythm }}
{% endmacro %}

{# The columns that `model_inputs` makes for a model to read, in its order. #}
{% macro readable_columns() -%}
    {%- set windows = [] -%}
    {%- for column in window_columns() -%}
        {%- do windows.append('log_' ~ column) -%}
    {%- endfor -%}
    {{ return([
        'log_active_day_count', 'log_session_count', 'log_events_per_session',
        'log_median_session_seconds', 'log_recency_days', 'log_recency_months',
        'log_tenure_days', 'cart_rate', 'removal_rate', 'cart_to_purchase_rate',
        'ln_intent_rate', 'smoothed_conversion_rate', 'smoothed_removal_rate',
        'log_order_count', 'log_revenue', 'log_average_order_value',
    ] + windows + [
        'log_expected_orders', 'log_mean_viewed_price', 'log_price_level',
        'ln_smoothed_price_level', 'log_product_count', 'log_category_count',
        'log_brand_count', 'favourite_brand_share', 'favourite_category_share',
        'smoothed_category_share', 'night_event_rate', 'weekend_event_rate',
    ]) }}
{%- endmacro %}
