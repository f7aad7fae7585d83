-- One row per month, user, product, category and brand: what user features
-- count from, far fewer rows than events. Category and brand belong to the key
-- because a product may change them (phones did in December 2019) and a feature
-- counts what the user saw.
-- depends_on: {{ ref('month_versions') }}
{{ config(
    materialized='computed_by_month',
    versioned_by='lines_version',
    batches='stored'
) }}

with

events as (

    select * from {{ ref('events') }}
    where
        {{ is_in_month('occurred_at') }}
        and {{ is_seen('occurred_at') }}

),

user_products as (

    select
        user_id,
        product_id,
        category_id,
        -- A number: two brands are told apart, and what a user saw is counted,
        -- in half the time.
        case when brand is not null then {{ hash_of(['brand']) }} end
            as brand_hash,

        count(*) as event_count,
        count(*) filter (where event_type = 'view') as view_count,
        -- What was viewed is worth
        -- `view_count * lowest_viewed_price + viewed_value_above`. The price of
        -- a product hardly moves within a month, so the last of these is nearly
        -- always 0: a third of the room that their sum takes.
        coalesce(min(price) filter (where event_type = 'view'), 0)
            as lowest_viewed_price,
        coalesce(
            sum(price) filter (where event_type = 'view')
            - view_count * lowest_viewed_price, 0
        )::decimal(18, 2) as viewed_value_above,

        {{ month_start() }} as visit_month

    from events
    group by user_id, product_id, category_id, brand_hash
    -- Batch by batch, so that `int_user_months` skips users that it does not
    -- look at; then what belongs to a product stands together: half the room on
    -- the disk.
    {{ stored_by(place_on_disk('user_id', 'category_id', 'product_id')) }}
)

select * from user_products
