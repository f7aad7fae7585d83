-- One row per user who bought: the rhythm of the orders, and the scores. An
-- order is what one visit bought. A table, because scores compare all buyers
-- and `int_user_totals` is made batch by batch.

with

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_seen('visit_date') }}

),

orders as ({{ user_orders('sessions', ['user_id'], as_of()) }})

select * from orders
