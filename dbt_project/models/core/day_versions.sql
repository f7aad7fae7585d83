-- One row per day that ever had a line: how often its lines have changed. `event_lines` keeps it in
-- the transaction in which it changes the lines, so it is right even after a killed run.
-- depends_on: {{ ref('event_lines') }}
{{ config(materialized='view') }}

with

versions as (

    select
        day,
        version

    from core.event_lines_by_day

)

select * from versions
