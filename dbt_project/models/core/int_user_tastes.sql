-- One row per user: the variety of what the user looked at, the favourite brand and category, and
-- the price level.
with

user_products as (

    select * from {{ ref('int_user_products') }}

),

category_prices as (

    select * from {{ ref('int_category_prices') }}

),

-- Rounded per row to a fixed number of digits: sums of doubles would depend on their order.
priced as (

    select
        user_products.user_id,
        count(distinct user_products.product_id) as product_count,
        sum(user_products.viewed_value) as viewed_value,
        sum(user_products.view_count) as view_count,
        sum(user_products.view_count) filter (
            where category_prices.median_price > 0
        ) as levelled_view_count,
        sum(
            (user_products.viewed_value / category_prices.median_price)
            ::decimal(18, 6)
        ) as price_level_sum

    from user_products
    left join category_prices
        on user_products.category_id = category_prices.category_id
    group by user_products.user_id

),

user_brands as (

    select
        user_id,
        brand,
        sum(event_count) as event_count

    from user_products
    where brand is not null
    group by user_id, brand

),

brand_tastes as (

    select
        user_id,
        count(*) as brand_count,
        max(event_count) as favourite_brand_event_count

    from user_brands
    group by user_id

),

user_categories as (

    select
        user_id,
        category_id,
        sum(event_count) as event_count

    from user_products
    where category_id is not null
    group by user_id, category_id

),

category_tastes as (

    select
        user_id,
        count(*) as category_count,
        max(event_count) as favourite_category_event_count

    from user_categories
    group by user_id

),

tastes as (

    select
        priced.user_id,

        priced.product_count,
        coalesce(category_tastes.category_count, 0) as category_count,
        coalesce(brand_tastes.brand_count, 0) as brand_count,
        coalesce(category_tastes.favourite_category_event_count, 0)
            as favourite_category_event_count,
        coalesce(brand_tastes.favourite_brand_event_count, 0)
            as favourite_brand_event_count,

        {{ ratio('priced.viewed_value', 'priced.view_count') }}
            as mean_viewed_price,
        {{ ratio('priced.price_level_sum', 'priced.levelled_view_count', 1) }}
            as price_level

    from priced
    left join brand_tastes on priced.user_id = brand_tastes.user_id
    left join category_tastes on priced.user_id = category_tastes.user_id

)

select * from tastes
