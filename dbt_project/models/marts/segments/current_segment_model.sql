-- One row per segment of the current model: the newest version of
-- `segment_model`, which labels users, describes segments and is reported.
{{ config(materialized='view') }}
with

segment_model as (

    select * from {{ ref('segment_model') }}

),

current_version as (

    select * from segment_model
    qualify model_version = max(model_version) over ()

)

select * from current_version
