-- One row per user: what the model may read, and whether the user is eligible.
-- Which of these columns the model does read is the setting `model_features`.
{{ config(materialized='view') }}

with

user_features as (

    select * from {{ ref('user_features') }}

),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

inputs as (
    {{ model_inputs(
        'user_features', 'store_rhythm', ['user_id']
    ) }}
)

select * from inputs
