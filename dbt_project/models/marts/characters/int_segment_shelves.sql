-- One row per segment, kind and key of a category or brand: how many events of
-- the segment's members are about it.
with

user_segments as (

    select
        user_id,
        segment_id
    from {{ ref('user_segments') }}
    where segment_id is not null

),

user_products as (

    select
        user_segments.segment_id,
        user_products.category_id,
        user_products.brand_hash,
        user_products.event_count
    from {{ ref('int_user_products') }} as user_products
    inner join user_segments on user_products.user_id = user_segments.user_id

),

shelves as (

    select
        segment_id,
        'category' as kind,
        category_id::text as shelf_key,
        sum(event_count)::bigint as event_count
    from user_products
    where category_id is not null
    group by segment_id, category_id

    union all

    select
        segment_id,
        'brand' as kind,
        brand_hash::text as shelf_key,
        sum(event_count)::bigint as event_count
    from user_products
    where brand_hash is not null
    group by segment_id, brand_hash

)

select * from shelves
