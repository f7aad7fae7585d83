-- One row per user among whom features are compared: every eligible user, or
-- `redundancy_rows` of them drawn by a hash of the id. With every column that a
-- model may read, in the order of the hash.
{{ config(materialized='view') }}

with

segment_inputs as (

    select * from {{ ref('segment_inputs') }}
    where is_eligible

),

drawn as (

    select *
    from segment_inputs
    order by {{ sampling_hash('user_id') }}, user_id
    limit {{ var('redundancy_rows') }}

)

select * from drawn
