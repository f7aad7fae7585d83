-- One row per segment that any model version had: what it was called, from
-- which version to which, and whether it is still there. An id that is lost
-- never comes back for another segment.
{{ config(materialized='view') }}

with

segment_model as (

    select * from {{ ref('segment_model') }}

),

current_segment_model as (

    select * from {{ ref('current_segment_model') }}

),

segments as (

    select
        segment_id,

        min_by(segment_name, model_version) as first_segment_name,
        min_by(segment_name_fr, model_version) as first_segment_name_fr,
        max_by(segment_name, model_version) as last_segment_name,
        max_by(segment_name_fr, model_version) as last_segment_name_fr,

        min(model_version) as first_model_version,
        max(model_version) as last_model_version

    from segment_model
    group by segment_id

),

registered as (

    select
        segments.segment_id::integer as segment_id,

        segments.first_segment_name::string as first_segment_name,
        segments.first_segment_name_fr::string as first_segment_name_fr,
        segments.last_segment_name::string as last_segment_name,
        segments.last_segment_name_fr::string as last_segment_name_fr,
        case
            when
                segments.segment_id
                in (select segment_id from current_segment_model)
                then 'current'
            else 'retired'
        end as status,

        segments.first_model_version::integer as first_model_version,
        segments.last_model_version::integer as last_model_version

    from segments

)

select * from registered
