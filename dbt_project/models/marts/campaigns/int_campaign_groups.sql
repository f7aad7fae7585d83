-- One row per campaign, segment and group: its members.
{{ config(materialized='view') }}

with

members as (

    select * from {{ ref('campaign_members') }}

),

campaign_groups as (

    select
        campaign,
        segment_id,
        is_control,
        count(*) as member_count

    from members
    group by campaign, segment_id, is_control

)

select * from campaign_groups
