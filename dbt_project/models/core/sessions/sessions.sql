-- One row per visit.
{{ config(materialized='view') }}

with

stored as (

    select * from {{ ref('int_sessions') }}

),

visits as (

    select
        user_id,
        coalesce(session_uuid::string, other_session_id) as session_id,
        visit_date,

        event_count,
        view_count,
        cart_count,
        removal_count,
        purchase_count,
        refund_count,
        night_event_count,
        revenue,

        started_at,
        ended_at,
        duration_seconds,

        is_automatic,

        visit_month

    from stored

)

select * from visits
