{# How many carts the same user followed by a purchase of the same product; no
   row where there is none. `keys` as in `user_totals`. #}
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
            count(*) as purchased_cart_count

        from {{ cart_steps }} as steps
        inner join last_purchases using ({{ keys | join(', ') }}, product_id)
        where
            not steps.is_purchase
            and last_purchases.last_purchased_at >= steps.occurred_at
        group by {{ keys | join(', ') }}

    )

    select * from carts
{% endmacro %}
