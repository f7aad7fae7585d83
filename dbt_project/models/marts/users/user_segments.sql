-- One row per user: the segment of the nearest centroid by the current model,
-- or why there is none, and the state that orders alone decide. The whole of
-- scoring is here, in SQL; nothing is learned.
with

user_features as (

    select * from {{ ref('user_features') }}

),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

segment_inputs as (

    select * from {{ ref('segment_inputs') }}

),

segment_model as (

    select * from {{ ref('current_segment_model') }}

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
    left join current_model on true
    where segment_inputs.is_eligible

),

nearest as ({{ nearest_segments('scaled', ['user_id']) }}),

-- Of everybody, segmented or not: one pass over the users, no sort and no join.
users as (

    select
        user_features.user_id,
        user_features.is_automatic,
        {{ lifecycle_state('user_features', 'store_rhythm') }}
            as lifecycle_state

    from user_features
    cross join store_rhythm

),

labels as (
    {{ segment_labels('users', 'nearest', ['user_id'], ['lifecycle_state']) }}
)

select * from labels
