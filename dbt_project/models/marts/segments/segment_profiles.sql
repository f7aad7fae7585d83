-- One row per segment: how many, how much, and what it is called. Shares are
-- of all users with a segment, and of their revenue.
with

segment_model as (

    select * from {{ ref('current_segment_model') }}

),

totals as (

    select * from {{ ref('segment_totals') }}
    where segment_id is not null

),

everyone as (

    select
        sum(user_count) as user_count,
        sum(revenue) as revenue

    from totals

),

profiles as (

    select
        segment_model.segment_id::integer as segment_id,
        segment_model.segment_name,
        segment_model.segment_name_fr,
        segment_model.naming_rule,
        segment_model.naming_rule_fr,
        segment_model.recommended_action,
        segment_model.recommended_action_fr,

        coalesce(totals.user_count, 0) as user_count,
        {{ ratio('coalesce(totals.user_count, 0)', 'everyone.user_count') }}
            as user_share,
        coalesce(totals.between_count, 0) as between_count,
        coalesce(totals.revenue, 0)::decimal(18, 2) as revenue,
        {{ ratio('coalesce(totals.revenue, 0)', 'everyone.revenue') }}
            as revenue_share,
        coalesce(totals.order_count, 0) as order_count,
        {{ ratio('totals.buyer_count', 'totals.user_count') }} as buyer_rate,
        segment_model.model_version::integer as model_version

    from segment_model
    left join totals on segment_model.segment_id = totals.segment_id
    cross join everyone

)

select * from profiles
