-- To the cent, on the days whose lines have changed.
with

revenues as (

    select
        (
            select sum(price) from {{ ref('events') }}
            where
                event_type in ('purchase', 'refund')
                and {{ is_unchecked('occurred_at') }}
        ) as in_events,
        (
            select sum(revenue) from {{ ref('sessions') }}
            where {{ is_unchecked('visit_date') }}
        ) as in_sessions

)

select * from revenues
where coalesce(in_events, 0) <> coalesce(in_sessions, 0)
