-- One row per user who trains the next model: every eligible user, or
-- `training_rows` of them drawn by a hash of the id. With every column that a
-- model may read, so that an earlier model, which may read others, can say
-- where these users were; and with what names and rules are made from.
{{ config(materialized='view') }}

with

segment_inputs as (

    select * from {{ ref('segment_inputs') }}
    where is_eligible

),

user_features as (

    select * from {{ ref('user_features') }}

),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

drawn as (

    select user_id
    from segment_inputs
    order by {{ sampling_hash('user_id') }}, user_id
    limit {{ var('training_rows') }}

),

inputs as (

    -- The columns that `user_features` has as well come from there.
    {%- set described = profile_features() %}
    select
        {% for column in readable_columns() | reject('in', described) -%}
        {{ column }}::double as {{ column }},
        {% endfor -%}
        user_id

    from segment_inputs

),

training_users as (

    select
        inputs.*,
        {%- for feature in profile_features() %}
        user_features.{{ feature }}::double as {{ feature }},
        {%- endfor %}
        user_features.purchase_recency_days::double as purchase_recency_days,
        user_features.mean_days_between_orders,
        {{ lifecycle_state('user_features', 'store_rhythm') }}
            as lifecycle_state,
        {{ as_of() }} as as_of

    from drawn
    inner join inputs on drawn.user_id = inputs.user_id
    inner join user_features on drawn.user_id = user_features.user_id
    cross join store_rhythm

)

select * from training_users
