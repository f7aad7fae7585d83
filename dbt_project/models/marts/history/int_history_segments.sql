-- One row per snapshot date and sampled user seen before it: the segment by the
-- current model, or why there is none.
{%- set keys = ['user_id', 'snapshot_date'] %}

with

inputs as (

    select * from {{ ref('int_history_inputs') }}

),

segment_model as (

    select * from {{ ref('current_segment_model') }}

),

current_model as ({{ model_parameters('segment_model') }}),

scaled as (

    select
        inputs.user_id,
        inputs.snapshot_date,
        current_model.model_version,
        current_model.components,
        current_model.segments,
        {{ scaled_features('inputs', 'current_model') }} as features

    from inputs
    cross join current_model
    where inputs.is_eligible

),

nearest as ({{ nearest_segments('scaled', keys) }}),

labels as ({{ segment_labels('inputs', 'nearest', keys) }})

select * from labels
