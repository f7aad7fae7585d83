-- One row per visit. A visit is what the store calls a session, cut at midnight (UTC): some session
-- ids live for weeks, and one such id would otherwise count as a single, endless visit. Events
-- without a session id are one visit a day; an id that two users share is one visit of each.
-- Only days whose lines changed are computed again: cut at midnight, a visit lies in one day.
{% set settings = [
    var('night_start_hour'), var('night_end_hour'), var('max_session_events')
] -%}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ drop_due_days([
        var('night_start_hour'), var('night_end_hour'), var('max_session_events')
    ]) }}"
) }}

with

due_days as (

    {{ due_days(settings) }}

),

events as (

    select
        events.*,
        due_days.built_from

    from {{ ref('events') }} as events
    inner join due_days on events.occurred_at::date = due_days.day

),

visits as (

    select
        user_id,
        session_id,
        occurred_at::date as visit_date,

        count(*) as event_count,
        count(*) filter (where event_type = 'view') as view_count,
        count(*) filter (where event_type = 'cart') as cart_count,
        count(*) filter (where event_type = 'remove_from_cart')
            as removal_count,
        count(*) filter (where event_type = 'purchase') as purchase_count,
        count(*) filter (where {{ is_night('occurred_at') }})
            as night_event_count,

        coalesce(
            sum(price) filter (where event_type = 'purchase'), 0
        )::decimal(18, 2) as revenue,

        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,

        any_value(built_from) as built_from

    from events
    group by user_id, session_id, visit_date

),

described as (

    select
        *,
        date_diff('second', started_at, ended_at) as duration_seconds,
        event_count > {{ var('max_session_events') }} as is_automatic

    from visits

)

select * from described
