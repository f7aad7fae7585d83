-- One row per snapshot and sampled user with a segment then: the segment, what
-- recency, frequency and money make of the user instead, what the model reads,
-- and what the next month brought. The features see nothing of that month, and
-- only snapshot dates whose next month is complete are here.
with

snapshots as (

    select * from {{ ref('int_snapshots') }}
    where has_outcome

),

history_segments as (

    select * from {{ ref('int_history_segments') }}
    where segment_id is not null

),

history_features as (

    select * from {{ ref('int_history_features') }}

),

history_inputs as (

    select * from {{ ref('int_history_inputs') }}

),

store_totals as (

    select * from {{ ref('store_totals') }}

),

next_outcomes as (

    select
        sessions.user_id,
        snapshots.snapshot_date,
        sum(sessions.purchase_count) > 0 as has_bought,
        sum(sessions.revenue)::decimal(18, 2) as revenue

    from {{ next_visits() }}
    group by sessions.user_id, snapshots.snapshot_date

),

outcomes as (

    select
        history_segments.user_id,
        history_segments.snapshot_date,
        history_segments.model_version,

        history_segments.segment_id,
        {{ rfm_group('history_features') }} as rfm_group,
        {{ rfm_cell('history_features') }} as rfm_cell,
        {{ model_feature_values(
            'history_inputs', 'store_totals.is_purchases_only'
        ) }} as features,
        coalesce(next_outcomes.revenue, 0)::decimal(18, 2) as next_revenue,

        coalesce(next_outcomes.has_bought, false) as has_bought,
        next_outcomes.user_id is not null as has_returned

    from history_segments
    inner join snapshots using (snapshot_date)
    inner join history_features using (user_id, snapshot_date)
    inner join history_inputs using (user_id, snapshot_date)
    cross join store_totals
    left join next_outcomes using (user_id, snapshot_date)

)

select * from outcomes
