-- One row per user who put something into the cart: how many carts, and how many of them the same
-- user followed by a purchase of the same product.
{{ config(materialized='view') }}

with

steps as (

    select * from {{ ref('int_cart_steps') }}

),

last_purchases as (

    select
        user_id,
        product_id,
        max(occurred_at) as last_purchased_at

    from steps
    where is_purchase
    group by user_id, product_id

),

user_carts as (

    select
        user_id,
        count(*) as cart_count,
        count(*) filter (
            where last_purchases.last_purchased_at >= steps.occurred_at
        ) as purchased_cart_count

    from steps
    left join last_purchases using (user_id, product_id)
    where not steps.is_purchase
    group by user_id

)

select * from user_carts
