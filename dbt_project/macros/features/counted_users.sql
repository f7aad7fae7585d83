{# What is counted of each user, from the user's months, orders and carts: the parts of all ratios, and
   the features that are none. `keys` and `as_of` as in `user_orders`; the scores compare rows
   that differ in nothing but the user. #}
{% macro counted_users(totals, orders, carts, keys, as_of) %}
    {%- set others = keys | reject('equalto', 'user_id') | join(', ') %}
    with

    -- From the orders alone: few users have any.
    buyers as (

        select
            *,
            {{ score('last_order_date', others) }} as recency_score,
            {{ score('order_count', others) }} as frequency_score,
            {{ score('revenue', others) }} as monetary_score

        from {{ orders }}

    ),

    counted as (

        select
            totals.* exclude (is_automatic, first_event_at, last_event_at),

            {{ as_of }} - totals.last_event_at::date as recency_days,
            {{ as_of }} - totals.first_event_at::date as tenure_days,
            {{ as_of }} - buyers.last_order_date as purchase_recency_days,

            coalesce(carts.purchased_cart_count, 0) as purchased_cart_count,

            coalesce(buyers.order_count, 0) as order_count,
            buyers.mean_days_between_orders,
            buyers.stddev_days_between_orders,
            coalesce(buyers.recent_order_count, 0) as recent_order_count,
            coalesce(buyers.previous_order_count, 0) as previous_order_count,

            buyers.recency_score,
            buyers.frequency_score,
            buyers.monetary_score,

            totals.is_automatic,

            totals.first_event_at,
            totals.last_event_at

        from {{ totals }} as totals
        left join buyers using ({{ keys | join(', ') }})
        left join {{ carts }} as carts using ({{ keys | join(', ') }})

    )

    select * from counted
{% endmacro %}
