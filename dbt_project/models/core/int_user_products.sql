-- One row per user, product, category and brand: what user features count from, far fewer rows than
-- events. Category and brand belong to the key because a product may change them (phones did in
-- December 2019) and a feature counts what the user saw.
with

events as (

    select * from {{ ref('events') }}
    where occurred_at < {{ as_of() }}

),

user_products as (

    select
        user_id,
        product_id,
        category_id,
        brand,

        count(*) as event_count,
        count(*) filter (where event_type = 'view') as view_count,
        coalesce(
            sum(price) filter (where event_type = 'view'), 0
        )::decimal(18, 2) as viewed_value

    from events
    group by user_id, product_id, category_id, brand

)

select * from user_products
