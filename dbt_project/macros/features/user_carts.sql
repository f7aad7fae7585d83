{# How many carts, and how many of them the same user followed by a purchase of the same product.
   `keys` as in `user_totals`. #}
{% macro user_carts(cart_steps, keys) %}
    with

    last_purchases as (

        select
            {{ keys | join(', ') }},
            product_id,
            max(occurred_at) as last_purchased_at

        from {{ cart_steps }}
        where is_purchase
        group by {{ keys | join(', ') }}, product_id

    ),

    carts as (

        select
            {{ keys | join(', ') }},
            count(*) as cart_count,
            count(*) filter (
                where last_purchases.last_purchased_at >= steps.occurred_at
            ) as purchased_cart_count

        from {{ cart_steps }} as steps
        left join last_purchases using ({{ keys | join(', ') }}, product_id)
        where not steps.is_purchase
        group by {{ keys | join(', ') }}

    )

    select * from carts
{% endmacro %}
