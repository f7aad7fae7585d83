-- One row per segment, kind and shelf: the ten categories and the ten brands
-- that its members looked at, put into carts and bought most, by events.
-- Categories of one name are one. How many members that were is counted for
-- these alone.
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
        user_products.brand_hash
    from {{ ref('int_user_products') }} as user_products
    inner join user_segments on user_products.user_id = user_segments.user_id

),

keys as (

    select * from {{ ref('int_segment_shelves') }}

),

shelves as (

    select
        segment_id,
        kind,
        shelf,
        max(shelf_name) as shelf_name,
        sum(event_count)::bigint as event_count
    from keys
    group by segment_id, kind, shelf

),

ranked as (

    select
        *,
        row_number() over (
            partition by segment_id, kind order by event_count desc, shelf asc
        )::bigint as place,
        sum(event_count) over (partition by segment_id, kind)
            as segment_event_count,
        sum(event_count) over (partition by kind, shelf)
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
        first_ones.shelf,
        count(distinct user_products.user_id) as user_count
    from first_ones
    inner join keys
        on
            first_ones.segment_id = keys.segment_id
            and first_ones.kind = keys.kind
            and first_ones.shelf = keys.shelf
    inner join user_products
        on
            keys.segment_id = user_products.segment_id
            and keys.shelf_key = case keys.kind
                when 'category' then user_products.category_id::string
                else user_products.brand_hash::string
            end
    group by first_ones.segment_id, first_ones.kind, first_ones.shelf

),

favourites as (

    select
        first_ones.segment_id,
        first_ones.kind,
        first_ones.place,
        first_ones.shelf,
        first_ones.shelf_name is not null as has_name,
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
            and first_ones.shelf = looked.shelf

)

select * from favourites
