-- One row per user of `int_long_histories` and number of events seen, up to
-- all: the label that the current model gives by these events alone, however
-- few they are.
{%- set keys = ['user_id', 'seen_event_count', 'snapshot_date'] %}

with

early_features as (

    select * from {{ ref('int_early_features') }}

),

segment_model as (

    select * from {{ ref('current_segment_model') }}

),

current_model as ({{ model_parameters('segment_model') }}),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

inputs as (
    {{ model_inputs('early_features', 'store_rhythm', keys) }}
),

scaled as (

    select
        inputs.user_id,
        inputs.seen_event_count,
        inputs.snapshot_date,
        current_model.model_version,
        current_model.components,
        current_model.segments,
        {{ scaled_features('inputs', 'current_model') }} as features

    from inputs
    cross join current_model

),

nearest as ({{ nearest_segments('scaled', keys) }}),

labels as ({{ segment_labels('inputs', 'nearest', keys) }})

select * from labels
