-- One row per event type: how many events are kept, and their money.
with

events as (

    select * from {{ ref('events') }}

),

counted as (

    select
        event_type,

        count(*) as event_count,
        coalesce(
            sum(price) filter (where event_type in ('purchase', 'refund')), 0
        )::decimal(18, 2) as revenue

    from events
    group by event_type

)

select * from counted
