{# The features, from what the user's months, orders and carts add up to. `keys` and `as_of` as in
   `user_orders`; the scores compare rows that differ in nothing but the user. #}
{% macro described_users(totals, orders, carts, keys, as_of) %}
    with

    joined as (

        select
            {{ keys | join(', ') }},

            totals.event_count,
            totals.view_count,
            totals.cart_count,
            totals.removal_count,
            totals.purchase_count,
            totals.session_count,
            totals.active_day_count,

            {{ as_of }} - totals.last_event_at::date as recency_days,
            {{ as_of }} - totals.first_event_at::date as tenure_days,
            {{ as_of }} - orders.last_order_date as purchase_recency_days,

            {{ ratio('totals.event_count', 'totals.session_count') }}
                as events_per_session,
            totals.median_session_seconds,
            totals.view_count / nullif(totals.purchase_count, 0)::double
                as views_per_purchase,
            {{ ratio('carts.purchased_cart_count', 'carts.cart_count') }}
                as cart_to_purchase_rate,
            least(1, {{ ratio('totals.removal_count', 'totals.cart_count') }})
                as removal_rate,

            totals.revenue,
            coalesce(orders.order_count, 0) as order_count,
            {{ ratio('totals.revenue', 'orders.order_count') }}
                as average_order_value,
            totals.mean_viewed_price,
            totals.price_level,

            totals.product_count,
            totals.category_count,
            totals.brand_count,
            {{ ratio(
                'totals.favourite_brand_event_count', 'totals.event_count'
            ) }} as favourite_brand_share,
            {{ ratio(
                'totals.favourite_category_event_count', 'totals.event_count'
            ) }} as favourite_category_share,

            {{ ratio('totals.night_event_count', 'totals.event_count') }}
                as night_event_rate,
            {{ ratio('totals.weekend_event_count', 'totals.event_count') }}
                as weekend_event_rate,

            orders.mean_days_between_orders,
            orders.stddev_days_between_orders,
            coalesce(orders.recent_order_count, 0) as recent_order_count,
            coalesce(orders.previous_order_count, 0) as previous_order_count,

            totals.is_automatic,

            totals.first_event_at,
            totals.last_event_at

        from {{ totals }} as totals
        left join {{ orders }} as orders using ({{ keys | join(', ') }})
        left join {{ carts }} as carts using ({{ keys | join(', ') }})

    ),

    {%- set others = keys | reject('equalto', 'user_id') | join(', ') %}

    buyer_scores as (

        select
            {{ keys | join(', ') }},
            {{ score('-purchase_recency_days', others) }} as recency_score,
            {{ score('order_count', others) }} as frequency_score,
            {{ score('revenue', others) }} as monetary_score

        from joined
        where order_count > 0

    ),

    scored as (

        select
            joined.* exclude (is_automatic, first_event_at, last_event_at),

            buyer_scores.recency_score,
            buyer_scores.frequency_score,
            buyer_scores.monetary_score,

            joined.is_automatic,

            joined.first_event_at,
            joined.last_event_at

        from joined
        left join buyer_scores using ({{ keys | join(', ') }})

    )

    select * from scored
{% endmacro %}
