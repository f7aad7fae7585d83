-- One row per month and category: the median price of its products, a product's
-- price being the mean over its views. Products count once, so that a
-- bestseller does not set the level of its category. By month, because prices
-- move with the season, and what a user saw is to be compared with what the
-- store showed at the time.
-- depends_on: {{ ref('month_versions') }}
{{ config(materialized='computed_by_month', versioned_by='lines_version') }}

with

user_products as (

    select * from {{ ref('int_user_products') }}
    where visit_month = {{ month_start() }}

),

product_prices as (

    select
        category_id,
        product_id,
        sum(view_count * lowest_viewed_price + viewed_value_above)::double
        / sum(view_count) as mean_price

    from user_products
    where category_id is not null and view_count > 0
    group by category_id, product_id

),

category_prices as (

    select
        category_id,
        count(*) as product_count,
        median(mean_price) as median_price,

        {{ month_start() }} as visit_month

    from product_prices
    group by category_id

)

select * from category_prices
