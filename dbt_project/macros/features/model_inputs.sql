{# What the model may read of `users`, and whether a user is eligible.
   Everything that is not linear happens here: counts, money and times have long
   tails and enter as log(1 + x), shares as they are or smoothed. `store_rhythm`
   has one row; `keys` as in `user_totals`. #}
{% macro model_inputs(users, store_rhythm, keys) %}
    select
        {{ keys | join(', ') }},

        {% for column in plain_logs() -%}
        ln(1 + {{ column.removeprefix('log_') }}) as {{ column }},
        {% endfor -%}
        -- In months: who came yesterday differs little from who came last week.
        ln(1 + recency_days / 30) as log_recency_months,
        {% for column in logs_of_signed() -%}
        ln(1 + greatest({{ column.removeprefix('log_') }}::double, 0))
            as {{ column }},
        {% endfor -%}
        ln(1 + {{ expected_orders(users, store_rhythm) }})
            as log_expected_orders,

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

        ln({{ smoothed_rate(
            'price_level * view_count', 'view_count', 1, 5
        ) }}) as ln_smoothed_price_level,

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

{# The columns that `model_inputs` makes for a model to read. #}
{% macro readable_columns() -%}
    {{ return(plain_logs() + logs_of_signed() + [
        'log_recency_months', 'log_expected_orders', 'cart_rate',
        'removal_rate', 'cart_to_purchase_rate', 'ln_intent_rate',
        'smoothed_conversion_rate', 'smoothed_removal_rate',
        'ln_smoothed_price_level', 'favourite_brand_share',
        'favourite_category_share', 'smoothed_category_share',
        'night_event_rate', 'weekend_event_rate',
    ]) }}
{%- endmacro %}

{# Logs of a column of the same name in `user_features`: these, and what else
   the settings let a model read. #}
{% macro plain_logs() -%}
    {%- set logs = [
        'log_active_day_count', 'log_session_count', 'log_events_per_session',
        'log_median_session_seconds', 'log_recency_days', 'log_tenure_days',
        'log_order_count', 'log_mean_viewed_price', 'log_price_level',
        'log_product_count', 'log_category_count', 'log_brand_count',
    ] -%}
    {%- set others = logs_of_signed()
        + ['log_recency_months', 'log_expected_orders'] -%}
    {%- for features in feature_lists() -%}
        {%- for name in features
            if name.startswith('log_') and name not in logs + others -%}
            {%- do logs.append(name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(logs) }}
{%- endmacro %}

{# Logs of what returned goods can take below zero, and of what is unknown
   without an order. #}
{% macro logs_of_signed() -%}
    {%- set logs = ['log_revenue', 'log_average_order_value'] -%}
    {%- for column in window_columns() -%}
        {%- do logs.append('log_' ~ column) -%}
    {%- endfor -%}
    {{ return(logs) }}
{%- endmacro %}
