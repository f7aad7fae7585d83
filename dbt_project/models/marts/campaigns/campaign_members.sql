-- One row per campaign and user who was drawn for it, with the segment of then:
-- whoever was meant counts, reached or not.
{{ config(materialized='view') }}

with

drawn as (

    select * from {{ source('ops', 'campaign_members') }}

),

members as (

    select
        campaign,
        user_id,
        segment_id,
        is_control

    from drawn

)

select * from members
