-- One row per month with a visit: what the store saw and sold in it. Of users
-- and money from what each month adds to each user; orders are visits that
-- bought something.
with

user_months as (

    select * from {{ ref('int_user_months') }}

),

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_seen('visit_date') }} and purchase_count > 0

),

users as (

    select
        visit_month,
        count(*) as user_count,
        count(*) filter (where purchase_count > 0) as buyer_count,
        sum(revenue)::decimal(18, 2) as revenue
    from user_months
    group by visit_month

),

orders as (

    select
        visit_month,
        count(*) as order_count
    from sessions
    group by visit_month

),

months as (

    select
        users.visit_month,
        users.user_count,
        users.buyer_count,
        coalesce(orders.order_count, 0) as order_count,
        users.revenue,
        users.visit_month + interval 1 month <= {{ as_of() }} as is_whole
    from users
    left join orders on users.visit_month = orders.visit_month

)

select * from months
