-- One row per moment at which users are looked at: the end of each month with a
-- visit, written as the first day after it, and `as_of`. What follows is known
-- where the whole next month lies before `as_of` and has visits; a month that
-- has only begun would look like a month without customers.
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

moments as (

    select (visit_month + interval 1 month)::date as moment
    from months

    union

    select {{ as_of() }} as moment

),

described as (

    select
        moments.moment,

        moments.moment = {{ as_of() }} as is_current,
        months.visit_month is not null
        and moments.moment + {{ var('outcome_days') }} <= {{ as_of() }}
            as has_outcome

    from moments
    left join months on moments.moment = months.visit_month
    where moments.moment <= {{ as_of() }}

)

select * from described
