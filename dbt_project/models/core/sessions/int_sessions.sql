-- One row per visit, in the form that takes least room. A visit is what the
-- store calls a session, cut at midnight (UTC): some session ids live for
-- weeks, and one such id would otherwise count as a single, endless visit.
-- Events without a session id are one visit a day; an id that two users share
-- is one visit of each. Cut at midnight, a visit lies in one month.
-- depends_on: {{ ref('month_versions') }}
{{ config(materialized='computed_by_month', versioned_by='lines_version') }}

with

events as (

    select * from {{ ref('events') }}
    where {{ is_in_month('occurred_at') }}

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
        count(*) filter (where event_type = 'refund') as refund_count,
        count(*) filter (where {{ is_night('occurred_at') }})
            as night_event_count,

        coalesce(
            sum(price) filter (where event_type in ('purchase', 'refund')), 0
        )::decimal(18, 2) as revenue,

        min(occurred_at) as started_at,
        max(occurred_at) as ended_at

    from events
    group by user_id, session_id, visit_date

),

described as (

    select
        {{ all_but(['session_id']) }},
        -- Nearly every id is a UUID: 16 bytes, and 23 as a text.
        {{ uuid_of_text('session_id') }} as session_uuid,
        case when session_uuid is null then session_id end
            as other_session_id,

        {{ seconds_between('started_at', 'ended_at') }} as duration_seconds,
        event_count > {{ var('max_session_events') }} as is_automatic,

        {{ month_start() }} as visit_month

    from visits
    -- What users do is counted faster, and takes less room, where their visits
    -- stand together.
    {{ stored_by('user_id') }}

)

select * from described
