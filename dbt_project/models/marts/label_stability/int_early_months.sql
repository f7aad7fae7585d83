-- One row per user of `int_long_histories` and number of events seen: what
-- `int_user_months` says, from these events alone, as if they were a single
-- month.
{%- set keys = ['user_id', 'seen_event_count', 'snapshot_date'] %}

with

first_events as (

    select * from {{ ref('int_first_events') }}

),

early_visits as (

    select
        *,
        false as is_automatic
    from {{ ref('int_early_visits') }}

),

category_prices as (

    select * from {{ ref('int_category_prices') }}

),

visits as ({{ visit_sums('early_visits', keys) }}),

products as (

    select
        visits.user_id,
        visits.seen_event_count,
        first_events.product_id,
        first_events.category_id,
        first_events.brand,
        date_trunc('month', first_events.occurred_at)::date as visit_month,

        count(*) as event_count,
        count(*) filter (where first_events.event_type = 'view')
            as view_count,
        coalesce(sum(first_events.price) filter (
            where first_events.event_type = 'view'
        ), 0)::decimal(18, 2) as viewed_value

    from visits
    inner join first_events on visits.user_id = first_events.user_id
    where first_events.place <= visits.seen_event_count
    group by all

),

prices as (
    {{ viewed_prices(
        'products', 'category_prices', ['user_id', 'seen_event_count'],
        ['category_id', 'visit_month']
    ) }}
),

new_products as (

    select
        user_id,
        seen_event_count,
        count(distinct product_id) as new_product_count

    from products
    group by user_id, seen_event_count

),

categories as ({{ early_counts('products', 'category_id') }}),

brands as ({{ early_counts('products', 'brand') }}),

months as (

    select
        {{ all_but([
            'has_automatic_session', 'busiest_day_event_count',
        ], of='visits') }},

        prices.viewed_value,
        prices.levelled_view_count,
        prices.price_level_sum,

        new_products.new_product_count,
        coalesce(categories.new_count, 0) as new_category_count,
        coalesce(brands.new_count, 0) as new_brand_count,
        coalesce(categories.favourite_event_count, 0)
            as favourite_category_event_count,
        coalesce(brands.favourite_event_count, 0)
            as favourite_brand_event_count

    from visits
    inner join prices using (user_id, seen_event_count)
    inner join new_products using (user_id, seen_event_count)
    left join categories using (user_id, seen_event_count)
    left join brands using (user_id, seen_event_count)

)

select * from months
