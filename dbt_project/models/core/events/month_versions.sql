-- One row per month that ever had a line: what its lines are, and what they are
-- together with all earlier ones. `event_lines` counts the changes of each day
-- in the transaction that makes them, so these are right even after a killed
-- run.
-- depends_on: {{ ref('event_lines') }}
{{ config(materialized='view') }}

with

day_versions as (

    select
        day,
        version,
        -- Lags behind if a run died before repeated events were marked.
        marked_version

    from {{ ops_relation('event_lines_by_day') }}

),

months as (

    select
        date_trunc('month', day)::date as visit_month,
        {{ hash_of_rows(['day', 'version', 'marked_version']) }}
            as lines_version

    from day_versions
    group by all

),

versions as (

    select
        visit_month,
        lines_version,
        {{ running_hash('lines_version', 'visit_month') }}
            as history_version

    from months

)

select * from versions
