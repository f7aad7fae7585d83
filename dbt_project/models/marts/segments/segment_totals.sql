-- One row per segment, and per reason for having none: its customers, and what
-- they bought. Together they are all users.
with

user_features as (

    select * from {{ ref('user_features') }}

),

user_segments as (

    select * from {{ ref('user_segments') }}

),

totals as (

    select
        user_segments.segment_id,
        user_segments.unsegmented_reason,

        count(*) as user_count,
        count(*) filter (where user_features.order_count > 0) as buyer_count,
        count(*) filter (where user_features.order_count > 1)
            as repeater_count,
        count(*) filter (where user_features.cart_count > 0) as carter_count,
        count(*) filter (
            where user_segments.confidence < {{ var('between_confidence') }}
        ) as between_count,
        {{ var('between_confidence') }}::double as between_confidence,

        sum(user_features.order_count)::bigint as order_count,
        sum(user_features.revenue)::decimal(38, 2) as revenue

    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    group by user_segments.segment_id, user_segments.unsegmented_reason

)

select * from totals
