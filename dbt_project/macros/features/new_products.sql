{# For each user, how many products appear for the first time in the month,
   among its rows of `int_user_products`. #}
{% macro new_products(user_products) %}
    with

    -- Products that changed category or brand within the month: users may have
    -- several rows of them.
    changed_products as (

        select product_id

        from {{ user_products }}
        group by product_id
        having
            min(hash(category_id, brand_hash))
            <> max(hash(category_id, brand_hash))

    ),

    -- One row per user and product. A product with one category and brand has
    -- one row per user as it is, because these are the whole key of
    -- `int_user_products`; the others are made distinct.
    seen_products as (

        select
            user_id,
            product_id

        from {{ user_products }}
        where product_id not in (select product_id from changed_products)

        union all

        select distinct
            user_id,
            product_id

        from {{ user_products }}
        where product_id in (select product_id from changed_products)

    )

    select
        user_id,
        count(*) as new_product_count

    from seen_products
    where
        not exists (
            select 1 from {{ ref('int_user_products') }} as earlier
            where
                earlier.visit_month < {{ month_start() }}
                and {{ is_in_batch('earlier.user_id') }}
                and earlier.user_id = seen_products.user_id
                and earlier.product_id = seen_products.product_id
        )
    group by user_id
{% endmacro %}
