-- One row per snapshot and state: how many sampled users were in it, by the
-- rules and the rhythm of today, automatic traffic aside.
with

history_features as (

    select * from {{ ref('int_history_features') }}
    where not is_automatic

),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

states as (

    select
        history_features.snapshot_date,
        {{ lifecycle_state('history_features', 'store_rhythm') }}
            as lifecycle_state
    from history_features
    cross join store_rhythm

),

counted as (

    select
        snapshot_date,
        lifecycle_state,
        count(*) as user_count
    from states
    group by snapshot_date, lifecycle_state

)

select * from counted
