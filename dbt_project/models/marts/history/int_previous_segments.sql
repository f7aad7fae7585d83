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

    select * from inputs
    where is_eligible

),

feature_values as (
    {{ inputs_as_rows('eligible', keys) }}
),

placed as (

    select
        feature_values.user_id,
        feature_values.snapshot_date,
        feature_values.feature_value,
        previous_model.*,
        {{ place_in(
            'previous_model.feature_names', 'feature_values.feature_name'
        ) }} as place

    from feature_values
    cross join previous_model

),

scaled as (

    select
        user_id,
        snapshot_date,
        model_version,
        any_value(components) as components,
        any_value(segments) as segments,
        {{ in_order(
            standardised('feature_value', 'placed', 'place'), 'place'
        ) }} as features

    from placed
    where place is not null
    group by user_id, snapshot_date, model_version
    having count(*) = {{ size_of('any_value(feature_names)') }}

),

readable_inputs as (

    select * from inputs
    where exists (select 1 from scaled)

),

nearest as ({{ nearest_segments('scaled', keys) }}),

labels as ({{ segment_labels('readable_inputs', 'nearest', keys) }})

select * from labels
