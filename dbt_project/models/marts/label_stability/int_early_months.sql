-- One row per user of `int_long_histories` and number of events seen: what `int_user_months` says,
-- from these events alone, as if they were a single month.
{%- set keys = ['user_id', 'seen_event_count', 'moment'] %}

with

first_events as (

    select * from {{ ref('int_first_events') }}

),

early_visits as (

    select * from {{ ref('int_early_visits') }}

),

category_prices as (

    select * from {{ ref('int_category_prices') }}

),

visits as (

    select
        {{ keys | join(', ') }},

        count(distinct visit_date) as active_day_count,
        count(*) as session_count,
        sum(event_count)::bigint as event_count,
        sum(view_count)::bigint as view_count,
        sum(cart_count)::bigint as cart_count,
        sum(removal_count)::bigint as removal_count,
        sum(purchase_count)::bigint as purchase_count,
        sum(refund_count)::bigint as refund_count,
        sum(night_event_count)::bigint as night_event_count,
        coalesce(sum(event_count) filter (
            where isodow(visit_date) >= 6
        ), 0)::bigint as weekend_event_count,
        sum(revenue)::decimal(18, 2) as revenue,

        min(started_at) as first_event_at,
        max(ended_at) as last_event_at

    from early_visits
    group by {{ keys | join(', ') }}

),

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

-- Rounded per row to a fixed number of digits, as in `int_user_months`.
prices as (

    select
        products.user_id,
        products.seen_event_count,

        sum(products.viewed_value)::decimal(18, 2) as viewed_value,
        coalesce(sum(products.view_count) filter (
            where category_prices.median_price > 0
        ), 0)::bigint as levelled_view_count,
        coalesce(sum(
            (products.viewed_value / category_prices.median_price)
            ::decimal(18, 6)
        ), 0)::decimal(18, 6) as price_level_sum,
        count(distinct products.product_id) as new_product_count

    from products
    left join category_prices
        on
            products.category_id = category_prices.category_id
            and products.visit_month = category_prices.visit_month
    group by products.user_id, products.seen_event_count

),

categories as ({{ early_counts('products', 'category_id') }}),

brands as ({{ early_counts('products', 'brand') }}),

months as (

    select
        visits.*,

        prices.viewed_value,
        prices.levelled_view_count,
        prices.price_level_sum,

        prices.new_product_count,
        coalesce(categories.new_count, 0) as new_category_count,
        coalesce(brands.new_count, 0) as new_brand_count,
        coalesce(categories.favourite_event_count, 0)
            as favourite_category_event_count,
        coalesce(brands.favourite_event_count, 0)
            as favourite_brand_event_count

    from visits
    inner join prices using (user_id, seen_event_count)
    left join categories using (user_id, seen_event_count)
    left join brands using (user_id, seen_event_count)

)

select * from months
