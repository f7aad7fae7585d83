-- One row per segment, kind and key of a category or brand: how many events of
-- the segment's members are about it, and what it is called.
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
        category_id::string as shelf_key,
        sum(event_count)::bigint as event_count
    from user_products
    where category_id is not null
    group by segment_id, category_id

    union all

    select
        segment_id,
        'brand' as kind,
        brand_hash::string as shelf_key,
        sum(event_count)::bigint as event_count
    from user_products
    where brand_hash is not null
    group by segment_id, brand_hash

),

names as (

    select
        kind,
        shelf_key,
        max_by(shelf_name, visit_month) as shelf_name
    from {{ ref('int_shelf_names') }}
    where shelf_name is not null
    group by kind, shelf_key

),

named as (

    select
        shelves.*,
        names.shelf_name,
        coalesce(names.shelf_name, shelves.shelf_key) as shelf
    from shelves
    left join names
        on shelves.kind = names.kind and shelves.shelf_key = names.shelf_key

)

select * from named
