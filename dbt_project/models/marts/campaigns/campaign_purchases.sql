-- One row per campaign, member and day on which the member bought or returned
-- something, from 90 days before the campaign to 365 after its start. The days
-- are counted from the start: 0 is the first of the campaign.
with

campaigns as (

    select * from {{ ref('campaigns') }}

),

members as (

    select * from {{ ref('campaign_members') }}

),

sessions as (

    select * from {{ ref('sessions') }}
    where
        (purchase_count > 0 or revenue <> 0)
        and {{ is_seen('visit_date') }}

),

purchases as (

    select
        members.campaign,
        members.user_id,
        members.segment_id,
        ({{ days_between(
            'campaigns.starts_on', 'sessions.visit_date'
        ) }})::integer as day_number,

        count(*) filter (where sessions.purchase_count > 0) as order_count,
        sum(sessions.revenue)::decimal(18, 2) as revenue,

        members.is_control

    from members
    inner join campaigns on members.campaign = campaigns.campaign
    inner join sessions
        on
            members.user_id = sessions.user_id
            and sessions.visit_date >= campaigns.starts_on - 90
            and sessions.visit_date < campaigns.starts_on + 365
    group by
        members.campaign,
        members.user_id,
        members.segment_id,
        members.is_control,
        day_number

)

select * from purchases
