-- One row per user who bought: the rhythm of the orders. An order is what one visit bought.
{{ config(materialized='view') }}

with

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_seen('visit_date') }}

),

orders as ({{ user_orders('sessions', ['user_id'], as_of()) }})

select * from orders
