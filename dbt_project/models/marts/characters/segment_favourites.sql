-- One row per segment, kind and shelf: the ten categories and the ten brands
-- that its members looked at, put into carts and bought most, by events. How
-- many members that were is counted for these alone.
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
        user_products.user_id,
        user_products.category_id,
        user_products.brand_hash,
        user_products.event_count
    from {{ ref('int_user_products') }} as user_products
    inner join user_segments on user_products.user_id = user_segments.user_id

),

shelves as (

    select * from {{ ref('int_segment_shelves') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by segment_id, kind
            order by event_count desc, shelf_key asc
        ) as place,
        sum(event_count) over (partition by segment_id, kind)
            as segment_event_count,
        sum(event_count) over (partition by kind, shelf_key)
            as everyone_shelf_event_count,
        sum(event_count) over (partition by kind) as everyone_event_count
    from shelves

),

first_ones as (

    select * from ranked
    where place <= 10

),

looked as (

    select
        first_ones.segment_id,
        first_ones.kind,
        first_ones.shelf_key,
        count(distinct user_products.user_id) as user_count
    from first_ones
    inner join user_products
        on
            first_ones.segment_id = user_products.segment_id
            and first_ones.shelf_key = case first_ones.kind
                when 'category' then user_products.category_id::text
                else user_products.brand_hash::text
            end
    group by first_ones.segment_id, first_ones.kind, first_ones.shelf_key

),

names as (

    select
        kind,
        shelf_key,
        arg_max(shelf_name, visit_month) as shelf_name
    from {{ ref('int_shelf_names') }}
    group by kind, shelf_key

),

favourites as (

    select
        first_ones.segment_id,
        first_ones.kind,
        first_ones.place,
        first_ones.shelf_key,
        names.shelf_name,
        looked.user_count,
        first_ones.event_count,
        {{ ratio('first_ones.event_count', 'first_ones.segment_event_count') }}
            as event_share,
        {{ ratio(
            'first_ones.everyone_shelf_event_count',
            'first_ones.everyone_event_count'
        ) }} as everyone_share
    from first_ones
    inner join looked
        on
            first_ones.segment_id = looked.segment_id
            and first_ones.kind = looked.kind
            and first_ones.shelf_key = looked.shelf_key
    left join names
        on
            first_ones.kind = names.kind
            and first_ones.shelf_key = names.shelf_key

)

select * from favourites
