-- One row per cart event and per purchase: a seventeenth of the events, kept
-- apart because carts and purchases are matched over all months in each run.
-- depends_on: {{ ref('month_versions') }}
{{ config(materialized='computed_by_month', versioned_by='lines_version') }}

with

events as (

    select * from {{ ref('events') }}
    where
        {{ is_in_month('occurred_at') }}
        and {{ is_seen('occurred_at') }}

),

steps as (

    select
        user_id,
        product_id,
        event_type = 'purchase' as is_purchase,
        occurred_at,

        {{ month_start() }} as visit_month

    from events
    where event_type in ('cart', 'purchase')
    {{ stored_by('user_id') }}

)

select * from steps
