-- One row per user: who they are by what they did, over all files, as of one date. No feature that
-- the segmentation reads is null or infinite, and none rests on `category_code`, whose tree the
-- store rearranged in December 2019.
with

visits as (

    select * from {{ ref('int_user_visits') }}

),

orders as (

    select * from {{ ref('int_user_orders') }}

),

carts as (

    select * from {{ ref('int_user_carts') }}

),

tastes as (

    select * from {{ ref('int_user_tastes') }}

),

joined as (

    select
        visits.user_id,

        visits.event_count,
        visits.view_count,
        visits.cart_count,
        visits.removal_count,
        visits.purchase_count,
        visits.session_count,
        visits.active_day_count,

        {{ as_of() }} - visits.last_event_at::date as recency_days,
        {{ as_of() }} - visits.first_event_at::date as tenure_days,
        {{ as_of() }} - orders.last_order_date as purchase_recency_days,

        {{ ratio('visits.event_count', 'visits.session_count') }}
            as events_per_session,
        visits.median_session_seconds,
        visits.view_count / nullif(visits.purchase_count, 0)::double
            as views_per_purchase,
        {{ ratio('carts.purchased_cart_count', 'carts.cart_count') }}
            as cart_to_purchase_rate,
        least(1, {{ ratio('visits.removal_count', 'visits.cart_count') }})
            as removal_rate,

        visits.revenue,
        coalesce(orders.order_count, 0) as order_count,
        {{ ratio('visits.revenue', 'orders.order_count') }}
            as average_order_value,
        tastes.mean_viewed_price,
        tastes.price_level,

        tastes.product_count,
        tastes.category_count,
        tastes.brand_count,
        {{ ratio('tastes.favourite_brand_event_count', 'visits.event_count') }}
            as favourite_brand_share,
        {{ ratio(
            'tastes.favourite_category_event_count', 'visits.event_count'
        ) }} as favourite_category_share,

        {{ ratio('visits.night_event_count', 'visits.event_count') }}
            as night_event_rate,
        {{ ratio('visits.weekend_event_count', 'visits.event_count') }}
            as weekend_event_rate,

        orders.mean_days_between_orders,
        orders.stddev_days_between_orders,
        coalesce(orders.recent_order_count, 0) as recent_order_count,
        coalesce(orders.previous_order_count, 0) as previous_order_count,

        visits.is_automatic,

        visits.first_event_at,
        visits.last_event_at

    from visits
    inner join tastes on visits.user_id = tastes.user_id
    left join orders on visits.user_id = orders.user_id
    left join carts on visits.user_id = carts.user_id

),

scored as (

    select
        * exclude (is_automatic, first_event_at, last_event_at),

        {{ score('-purchase_recency_days', 'order_count > 0') }}
            as recency_score,
        {{ score('order_count', 'order_count > 0') }} as frequency_score,
        {{ score('revenue', 'order_count > 0') }} as monetary_score,

        is_automatic,

        first_event_at,
        last_event_at

    from joined

)

select * from scored
