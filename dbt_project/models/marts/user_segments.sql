-- One row per user: the segment of the nearest centroid by the current model, or why there is none.
-- The whole of scoring is here, in SQL; nothing is learned.
with

segment_inputs as (

    select * from {{ ref('segment_inputs') }}

),

segment_model as (

    select * from {{ ref('segment_model') }}
    qualify model_version = max(model_version) over ()

),

current_model as ({{ model_parameters('segment_model') }}),

scaled as (

    select
        segment_inputs.user_id,
        current_model.model_version,
        current_model.components,
        current_model.segments,
        {{ scaled_features('segment_inputs', 'current_model') }} as features

    from segment_inputs
    cross join current_model
    where segment_inputs.is_eligible

),

nearest as ({{ nearest_segments('scaled', ['user_id']) }}),

labels as ({{ segment_labels('segment_inputs', 'nearest', ['user_id']) }})

select * from labels
