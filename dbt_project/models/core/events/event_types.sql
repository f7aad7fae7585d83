-- One row per month and event type: how many events are kept, and their money.
-- depends_on: {{ ref('month_versions') }}
{{ config(materialized='computed_by_month', versioned_by='lines_version') }}

with

events as (

    select * from {{ ref('events') }}
    where {{ is_in_month('occurred_at') }}

),

counted as (

    select
        {{ month_start() }} as visit_month,
        event_type,

        count(*) as event_count,
        coalesce(
            sum(price) filter (where event_type in ('purchase', 'refund')), 0
        )::decimal(18, 2) as revenue

    from events
    group by event_type

)

select * from counted
