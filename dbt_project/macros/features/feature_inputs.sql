{# What is counted of each user, from the user's months, orders, carts and
   windows: the parts of all ratios, and the features that are none. `keys` and
   `as_of` as in `user_orders`. #}
{% macro feature_inputs(totals, orders, carts, windows, keys, as_of) %}
    with

    counted as (

        select
            {{ all_but(
                ['is_automatic', 'first_event_at', 'last_event_at'],
                of='totals'
            ) }},

            {{ days_between('totals.last_event_at::date', as_of) }}
                as recency_days,
            {{ days_between('totals.first_event_at::date', as_of) }}
                as tenure_days,
            {{ days_between('orders.last_order_date', as_of) }}
                as purchase_recency_days,

            coalesce(carts.purchased_cart_count, 0) as purchased_cart_count,

            coalesce(orders.order_count, 0) as order_count,
            orders.mean_days_between_orders,
            orders.stddev_days_between_orders,
            {% for column in window_columns(['order_count', 'revenue']) -%}
            coalesce(orders.{{ column }}, 0) as {{ column }},
            {% endfor -%}
            {% for column in window_columns(
                ['event_count', 'active_day_count']
            ) -%}
            coalesce(windows.{{ column }}, 0) as {{ column }},
            {% endfor -%}
            coalesce(orders.previous_order_count, 0) as previous_order_count,

            orders.recency_score,
            orders.frequency_score,
            orders.monetary_score,

            totals.is_automatic,

            totals.first_event_at,
            totals.last_event_at

        from {{ totals }} as totals
        left join {{ orders }} as orders using ({{ keys | join(', ') }})
        left join {{ carts }} as carts using ({{ keys | join(', ') }})
        left join {{ windows }} as windows using ({{ keys | join(', ') }})

    )

    select * from counted
{% endmacro %}
