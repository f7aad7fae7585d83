-- One row per segment: how many, how much, and in what it differs. Everyone
-- means all users with a segment: shares are of them and of their revenue. A
-- deviation is the distance of the segment's median from everyone's, in units
-- of everyone's spread (from the 10 % to the 90 % quantile; the standard
-- deviation where those coincide). What only buyers have is compared among
-- buyers.
with

user_features as (

    select * from {{ ref('user_features') }}

),

user_segments as (

    select * from {{ ref('user_segments') }}

),

segment_model as (

    select * from {{ ref('current_segment_model') }}

),

segment_totals as (

    select * from {{ ref('segment_totals') }}
    where segment_id is not null

),

labelled as (

    select
        user_segments.segment_id,
        user_features.*

    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    where user_segments.segment_id is not null

),

everyone as (
    {% call feature_quantiles('labelled') %}
        sum(revenue) as revenue,
        count(*) as user_count
    {%- endcall %}
),

segments as (
    {% call feature_medians('labelled', 'segment_id') %}
        count(*) as user_count
    {%- endcall %}
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
        {{ ratio('totals.buyer_count', 'totals.user_count') }}
            as buyer_rate,
        {%- for feature in profile_features() %}
        segments.median_{{ feature }},
        {{ item_of('everyone.quantiles_' ~ feature, 2) }}::double
            as everyone_median_{{ feature }},
        {{ deviation(
            'segments.median_' ~ feature,
            'everyone.quantiles_' ~ feature,
            'everyone.stddev_' ~ feature
        ) }} as deviation_{{ feature }},
        {%- endfor %}
        segment_model.model_version::integer as model_version

    from segment_model
    left join segments on segment_model.segment_id = segments.segment_id
    left join segment_totals as totals
        on segment_model.segment_id = totals.segment_id
    cross join everyone

)

select * from profiles
