-- One row per run: what it loaded, and what the warehouse held when it ended.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

with

loaded_files as (

    select * from {{ ref('loaded_files') }}

),

days as (

    select * from {{ ref('days') }}

),

user_features as (

    select * from {{ ref('user_features') }}

),

files as (

    select
        count(*) filter (where loaded_at = {{ run_start() }})
            as new_file_count,
        count(*) as file_count,
        coalesce(sum(line_count), 0)::bigint as line_count,
        coalesce(sum(kept_count), 0)::bigint as kept_count,
        coalesce(sum(duplicate_count), 0)::bigint as duplicate_count,
        coalesce(sum(rejected_count), 0)::bigint as rejected_count,
        coalesce(sum(kept_revenue), 0)::decimal(18, 2) as kept_revenue

    from loaded_files

),

calendar as (

    select
        count(*) filter (where is_gap) as gap_count,
        coalesce(sum(automatic_session_count), 0)::bigint
            as automatic_session_count

    from days

),

users as (

    select
        count(*) as user_count,
        count(*) filter (where is_automatic) as automatic_user_count

    from user_features

),

entry as (

    select
        {{ run_start() }} as started_at,

        files.new_file_count,
        files.file_count,
        files.line_count,
        files.kept_count,
        files.duplicate_count,
        files.rejected_count,
        users.user_count,
        users.automatic_user_count,
        calendar.automatic_session_count,
        calendar.gap_count,
        files.kept_revenue

    from files
    cross join calendar
    cross join users

)

select * from entry
