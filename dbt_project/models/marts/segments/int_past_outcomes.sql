-- One row per snapshot and sampled user who might have had a segment then: what
-- the model reads, as it was known at the snapshot, and what the user spent in
-- the month that followed. Only snapshots whose next month is complete are
-- here. Training measures on it what a number of segments is worth, so nothing
-- here knows of any model; `int_outcomes` adds the segments.
{{ config(materialized='view') }}

with

snapshots as (

    select * from {{ ref('int_snapshots') }}
    where has_outcome

),

history_inputs as (

    select * from {{ ref('int_history_inputs') }}
    where is_eligible

),

store_totals as (

    select * from {{ ref('store_totals') }}

),

next_outcomes as (

    select
        sessions.user_id,
        snapshots.snapshot_date,
        sum(sessions.revenue) as next_revenue

    from {{ next_visits() }}
    group by sessions.user_id, snapshots.snapshot_date

),

past_outcomes as (

    select
        history_inputs.user_id,
        history_inputs.snapshot_date,

        {{ model_feature_values(
            'history_inputs', 'store_totals.is_purchases_only'
        ) }} as features,
        coalesce(next_outcomes.next_revenue, 0)::decimal(18, 2) as next_revenue

    from history_inputs
    inner join snapshots using (snapshot_date)
    cross join store_totals
    left join next_outcomes using (user_id, snapshot_date)

)

select * from past_outcomes
