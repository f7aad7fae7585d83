-- One row per user who bought what was in a cart: how many carts the same user
-- followed by a purchase of the same product.
{{ config(materialized='view') }}

with

cart_steps as (

    select * from {{ ref('int_cart_steps') }}

),

carts as ({{ user_carts('cart_steps', ['user_id']) }})

select * from carts
