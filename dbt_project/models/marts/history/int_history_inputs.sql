-- One row per snapshot date and sampled user seen before it: the columns of
-- `segment_inputs`, as they were then.
{{ config(materialized='view') }}

with

history_features as (

    select * from {{ ref('int_history_features') }}

),

store_rhythm as (

    select * from {{ ref('store_rhythm') }}

),

inputs as (
    {{ model_inputs(
        'history_features', 'store_rhythm',
        ['user_id', 'snapshot_date']
    ) }}
)

select * from inputs
