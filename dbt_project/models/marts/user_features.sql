-- One row per user: who they are by what they did, over all files, as of one date. No feature that
-- the segmentation reads is null or infinite, and none rests on `category_code`, whose tree the
-- store rearranged in December 2019.
{{ config(post_hook="{{ mark_days_as_checked() }}") }}

with

totals as (

    select * from {{ ref('int_user_totals') }}

),

orders as (

    select * from {{ ref('int_user_orders') }}

),

carts as (

    select * from {{ ref('int_user_carts') }}

),

joined as (

    select
        totals.user_id,

        totals.event_count,
        totals.view_count,
        totals.cart_count,
        totals.removal_count,
        totals.purchase_count,
        totals.session_count,
        totals.active_day_count,

        {{ as_of() }} - totals.last_event_at::date as recency_days,
        {{ as_of() }} - totals.first_event_at::date as tenure_days,
        {{ as_of() }} - orders.last_order_date as purchase_recency_days,

        {{ ratio('totals.event_count', 'totals.session_count') }}
            as events_per_session,
        totals.median_session_seconds,
        totals.view_count / nullif(totals.purchase_count, 0)::double
            as views_per_purchase,
        {{ ratio('carts.purchased_cart_count', 'carts.cart_count') }}
            as cart_to_purchase_rate,
        least(1, {{ ratio('totals.removal_count', 'totals.cart_count') }})
            as removal_rate,

        totals.revenue,
        coalesce(orders.order_count, 0) as order_count,
        {{ ratio('totals.revenue', 'orders.order_count') }}
            as average_order_value,
        totals.mean_viewed_price,
        totals.price_level,

        totals.product_count,
        totals.category_count,
        totals.brand_count,
        {{ ratio('totals.favourite_brand_event_count', 'totals.event_count') }}
            as favourite_brand_share,
        {{ ratio(
            'totals.favourite_category_event_count', 'totals.event_count'
        ) }} as favourite_category_share,

        {{ ratio('totals.night_event_count', 'totals.event_count') }}
            as night_event_rate,
        {{ ratio('totals.weekend_event_count', 'totals.event_count') }}
            as weekend_event_rate,

        orders.mean_days_between_orders,
        orders.stddev_days_between_orders,
        coalesce(orders.recent_order_count, 0) as recent_order_count,
        coalesce(orders.previous_order_count, 0) as previous_order_count,

        totals.is_automatic,

        totals.first_event_at,
        totals.last_event_at

    from totals
    left join orders on totals.user_id = orders.user_id
    left join carts on totals.user_id = carts.user_id

),

buyer_scores as (

    select
        user_id,
        {{ score('-purchase_recency_days') }} as recency_score,
        {{ score('order_count') }} as frequency_score,
        {{ score('revenue') }} as monetary_score

    from joined
    where order_count > 0

),

scored as (

    select
        joined.* exclude (is_automatic, first_event_at, last_event_at),

        buyer_scores.recency_score,
        buyer_scores.frequency_score,
        buyer_scores.monetary_score,

        joined.is_automatic,

        joined.first_event_at,
        joined.last_event_at

    from joined
    left join buyer_scores on joined.user_id = buyer_scores.user_id

)

select * from scored
