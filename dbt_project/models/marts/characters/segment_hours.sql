-- One row per segment, weekday and hour with a visit: how many visits of its
-- members began then, and of how many members. In the time of the data, UTC.
with

user_segments as (

    select
        user_id,
        segment_id
    from {{ ref('user_segments') }}
    where segment_id is not null

),

sessions as (

    select
        user_id,
        started_at
    from {{ ref('sessions') }}
    where {{ is_seen('visit_date') }}

),

counted as (

    select
        user_segments.segment_id,
        {{ weekday_of('sessions.started_at') }} as day_of_week,
        {{ hour_of('sessions.started_at') }} as hour_of_day,
        count(*) as visit_count,
        count(distinct sessions.user_id) as user_count
    from sessions
    inner join user_segments on sessions.user_id = user_segments.user_id
    group by all

)

select * from counted
