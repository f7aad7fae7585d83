-- One row per user and month with an event: what the month adds to what is
-- known of the user. Counts add up over the months; the favourites are running
-- maxima, which a later month can only raise. So the features of a user as of
-- the end of any month are sums and maxima over the months until then.
-- depends_on: {{ ref('month_versions') }}
{{ config(
    materialized='computed_by_month',
    versioned_by='history_version',
    batches='computed'
) }}

with

-- Read where they lie, wherever they are used: copies of them would take a
-- tenth of the time.
sessions as {{ not_materialized() }} (

    select * from {{ ref('sessions') }}
    where
        visit_month = {{ month_start() }}
        and {{ is_seen('visit_date') }}
        and {{ is_in_batch('user_id') }}

),

user_products as {{ not_materialized() }} (

    select
        *,
        (view_count * lowest_viewed_price + viewed_value_above)::decimal(18, 2)
            as viewed_value

    from {{ ref('int_user_products') }}
    where visit_month = {{ month_start() }} and {{ is_in_batch('user_id') }}

),

category_prices as (

    select * from {{ ref('int_category_prices') }}
    where visit_month = {{ month_start() }}

),

visits as ({{ visit_sums('sessions', ['user_id']) }}),

prices as (
    {{ viewed_prices(
        'user_products', 'category_prices', ['user_id'], ['category_id']
    ) }}
),

new_products as ({{ new_products('user_products') }}),

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
    -- In order, threads fill whole blocks; half-filled ones would be written
    -- again.
    {{ stored_by('visits.user_id') }}

)

select * from user_months
