-- One row per snapshot, the date at which users are looked at: the end of each
-- month with a visit, written as the first day after it, and `as_of`. What
-- follows is known where the whole next month lies before `as_of` and has
-- visits; a month that has only begun would look like a month without
-- customers.
{{ config(materialized='view') }}

with

days as (

    select * from {{ ref('days') }}
    where visit_date < {{ as_of() }} and session_count > 0

),

months as (

    select distinct date_trunc('month', visit_date)::date as visit_month
    from days

),

snapshots as (

    select (visit_month + interval 1 month)::date as snapshot_date
    from months

    union

    select {{ as_of() }} as snapshot_date

),

described as (

    select
        snapshots.snapshot_date,

        snapshots.snapshot_date = {{ as_of() }} as is_current,
        months.visit_month is not null
        and snapshots.snapshot_date + {{ var('outcome_days') }} <= {{ as_of() }}
            as has_outcome

    from snapshots
    left join months on snapshots.snapshot_date = months.visit_month
    where snapshots.snapshot_date <= {{ as_of() }}

)

select * from described
