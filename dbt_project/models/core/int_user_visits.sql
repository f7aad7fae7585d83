-- One row per user: what the visits of a user add up to. Days are taken together first, because the
-- rule for automatic traffic looks at whole days.
with

sessions as (

    select * from {{ ref('sessions') }}
    where visit_date < {{ as_of() }}

),

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
        sum(night_event_count) as night_event_count,
        sum(revenue) as revenue,

        bool_or(is_automatic) as has_automatic_session,

        min(started_at) as first_event_at,
        max(ended_at) as last_event_at

    from sessions
    group by user_id, visit_date

),

user_totals as (

    select
        user_id,

        count(*) as active_day_count,
        sum(session_count)::bigint as session_count,
        sum(event_count)::bigint as event_count,
        sum(view_count)::bigint as view_count,
        sum(cart_count)::bigint as cart_count,
        sum(removal_count)::bigint as removal_count,
        sum(purchase_count)::bigint as purchase_count,
        sum(night_event_count)::bigint as night_event_count,
        coalesce(sum(event_count) filter (
            where isodow(visit_date) >= 6
        ), 0)::bigint as weekend_event_count,
        sum(revenue)::decimal(18, 2) as revenue,

        bool_or(has_automatic_session)
        or max(event_count) > {{ var('max_events_a_day') }} as is_automatic,

        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at

    from user_days
    group by user_id

),

visit_lengths as (

    select
        user_id,
        median(duration_seconds) as median_session_seconds

    from sessions
    group by user_id

),

user_visits as (

    select
        user_totals.*,
        visit_lengths.median_session_seconds

    from user_totals
    inner join visit_lengths on user_totals.user_id = visit_lengths.user_id

)

select * from user_visits
