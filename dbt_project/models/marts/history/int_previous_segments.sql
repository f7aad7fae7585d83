-- One row per sampled user: the segment that the model version before the
-- current one gives today, or why there is none. That version may read other
-- features than the current one does, so they are looked up by name. No rows
-- where there is no earlier version, or one of its features is gone.
{{ config(materialized='view') }}
{%- set keys = ['user_id', 'snapshot_date'] %}

with

snapshots as (

    select * from {{ ref('int_snapshots') }}

),

inputs as (

    select inputs.*
    from {{ ref('int_history_inputs') }} as inputs
    inner join snapshots on inputs.snapshot_date = snapshots.snapshot_date
    where snapshots.is_current

),

segment_model as (

    select * from {{ ref('segment_model') }}
    qualify
        dense_rank() over (order by model_version desc) = 2

),

previous_model as ({{ model_parameters('segment_model') }}),

eligible as (

    select * exclude (is_eligible, is_automatic)
    from inputs
    where is_eligible

),

feature_values as (

    unpivot eligible
    on columns(* exclude (user_id, snapshot_date))
    into name feature_name value feature_value

),

placed as (

    select
        feature_values.user_id,
        feature_values.snapshot_date,
        feature_values.feature_value,
        previous_model.*,
        list_position(
            previous_model.feature_names, feature_values.feature_name
        ) as place

    from feature_values
    inner join previous_model
        on list_contains(
            previous_model.feature_names, feature_values.feature_name
        )

),

scaled as (

    select
        user_id,
        snapshot_date,
        model_version,
        any_value(components) as components,
        any_value(segments) as segments,
        list(
            {{ standardised('feature_value', 'placed', 'place') }}
            order by place
        ) as features

    from placed
    group by user_id, snapshot_date, model_version
    having count(*) = len(any_value(feature_names))

),

readable_inputs as (

    select * from inputs
    where exists (select 1 from scaled)

),

nearest as ({{ nearest_segments('scaled', keys) }}),

labels as ({{ segment_labels('readable_inputs', 'nearest', keys) }})

select * from labels
