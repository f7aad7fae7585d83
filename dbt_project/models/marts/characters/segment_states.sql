-- One row per segment and state of the lifecycle with a member in it: how many
-- there are, and what they spent.
with

user_segments as (

    select * from {{ ref('user_segments') }}
    where segment_id is not null

),

user_features as (

    select * from {{ ref('user_features') }}

),

counted as (

    select
        user_segments.segment_id,
        user_segments.lifecycle_state,
        count(*) as user_count,
        sum(user_features.revenue)::decimal(18, 2) as revenue
    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    group by user_segments.segment_id, user_segments.lifecycle_state

)

select * from counted
