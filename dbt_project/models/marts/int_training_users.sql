-- One row per user who trains the next model: every eligible user, or `training_rows` of them drawn
-- by a hash of the id, with what the model reads and what the names of the segments are made from.
{{ config(materialized='view') }}

with

segment_inputs as (

    select * from {{ ref('segment_inputs') }}
    where is_eligible

),

user_features as (

    select * from {{ ref('user_features') }}

),

drawn as (

    select user_id
    from segment_inputs
    order by {{ sampling_hash('user_id') }}, user_id
    limit {{ var('training_rows') }}

),

training_users as (

    select
        segment_inputs.user_id,
        {%- for feature in var('model_features') %}
        segment_inputs.{{ feature }}::double as {{ feature }},
        {%- endfor %}
        {%- for feature in profile_features() if feature not in var('model_features') %}
        user_features.{{ feature }}::double as {{ feature }},
        {%- endfor %}
        {{ as_of() }} as as_of

    from drawn
    inner join segment_inputs on drawn.user_id = segment_inputs.user_id
    inner join user_features on drawn.user_id = user_features.user_id

)

select * from training_users
