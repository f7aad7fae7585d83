-- One row per user and month with an event: what the month adds to what is known of the user.
-- Counts add up over the months; the favourites are running maxima, which a later month can only
-- raise. So the features of a user as of the end of any month are sums and maxima over the months
-- until then.
-- depends_on: {{ ref('month_versions') }}
{{ config(
    materialized='computed_by_month',
    versioned_by='history_version',
    parts='computed'
) }}

with

-- Read where they lie, wherever they are used: copies of them would take a tenth of the time.
sessions as not materialized (

    select * from {{ ref('sessions') }}
    where
        visit_month = {{ month_start() }}
        and {{ is_seen('visit_date') }}
        and {{ is_in_part('user_id') }}

),

user_products as not materialized (

    select
        *,
        (view_count * lowest_viewed_price + viewed_value_above)::decimal(18, 2)
            as viewed_value

    from {{ ref('int_user_products') }}
    where visit_month = {{ month_start() }} and {{ is_in_part('user_id') }}

),

category_prices as (

    select * from {{ ref('int_category_prices') }}
    where visit_month = {{ month_start() }}

),

-- Days first, because the rule for automatic traffic looks at whole days.
user_days as (

    select
        user_id,
        visit_date,

        count(*) as session_count,
        sum(event_count) as event_count,
        sum(view_count) as view_count,
        sum(cart_count) as cart_count,
        sum(removal_count) as removal_count,
        sum(purchase_count) as purchase_count,
        sum(refund_count) as refund_count,
        sum(night_event_count) as night_event_count,
        sum(revenue) as revenue,

        bool_or(is_automatic) as has_automatic_session,

        min(started_at) as first_event_at,
        max(ended_at) as last_event_at

    from sessions
    group by user_id, visit_date

),

visits as (

    select
        user_id,

        count(*) as active_day_count,
        sum(session_count)::bigint as session_count,
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
        max(event_count)::bigint as busiest_day_event_count,
        sum(revenue)::decimal(18, 2) as revenue,

        bool_or(has_automatic_session) as has_automatic_session,

        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at

    from user_days
    group by user_id

),

-- Rounded per row to a fixed number of digits: sums of doubles would depend on their order.
prices as (

    select
        user_products.user_id,

        sum(user_products.viewed_value)::decimal(18, 2) as viewed_value,
        coalesce(sum(user_products.view_count) filter (
            where category_prices.median_price > 0
        ), 0)::bigint as levelled_view_count,
        coalesce(sum(
            (user_products.viewed_value / category_prices.median_price)
            ::decimal(18, 6)
        ), 0)::decimal(18, 6) as price_level_sum

    from user_products
    left join category_prices
        on user_products.category_id = category_prices.category_id
    group by user_products.user_id

),

-- Products that changed category or brand within the month: users may have several rows of them.
changed_products as (

    select product_id

    from user_products
    group by product_id
    having
        min(hash(category_id, brand_hash)) <> max(hash(category_id, brand_hash))

),

-- One row per user and product. A product with one category and brand has one row per user as it
-- is, because these are the whole key of `int_user_products`; the others are made distinct.
seen_products as (

    select
        user_id,
        product_id

    from user_products
    where product_id not in (select product_id from changed_products)

    union all

    select distinct
        user_id,
        product_id

    from user_products
    where product_id in (select product_id from changed_products)

),

new_products as (

    select
        user_id,
        count(*) as new_product_count

    from seen_products
    where
        not exists (
            select 1 from {{ ref('int_user_products') }} as earlier
            where
                earlier.visit_month < {{ month_start() }}
                and {{ is_in_part('earlier.user_id') }}
                and earlier.user_id = seen_products.user_id
                and earlier.product_id = seen_products.product_id
        )
    group by user_id

),

categories as ({{ running_counts('category_id') }}),

brands as ({{ running_counts('brand_hash') }}),

user_months as (

    select
        visits.*,

        prices.viewed_value,
        prices.levelled_view_count,
        prices.price_level_sum,

        coalesce(new_products.new_product_count, 0) as new_product_count,
        coalesce(categories.new_count, 0) as new_category_count,
        coalesce(brands.new_count, 0) as new_brand_count,
        coalesce(categories.favourite_event_count, 0)
            as favourite_category_event_count,
        coalesce(brands.favourite_event_count, 0)
            as favourite_brand_event_count,

        {{ month_start() }} as visit_month

    from visits
    inner join prices on visits.user_id = prices.user_id
    left join new_products on visits.user_id = new_products.user_id
    left join categories on visits.user_id = categories.user_id
    left join brands on visits.user_id = brands.user_id
    -- In order, threads fill whole blocks; half-filled ones would be written again.
    order by visits.user_id

)

select * from user_months
