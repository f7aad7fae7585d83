-- One row per segment and feature: in what the segment differs. Everyone means
-- all users with a segment. A deviation is the distance of the segment's median
-- from everyone's, in units of everyone's spread (from the 10 % to the 90 %
-- quantile; the standard deviation where those coincide). What only buyers have
-- is compared among buyers.
with

labelled as (

    select
        user_segments.segment_id,
        user_features.*

    from {{ ref('user_segments') }} as user_segments
    inner join {{ ref('user_features') }} as user_features
        on user_segments.user_id = user_features.user_id
    where user_segments.segment_id is not null

),

quantiles as (
    {% call feature_quantiles('labelled') %}
        count(*) as user_count
    {%- endcall %}
),

everyone as ({{ levels_by_feature('quantiles') }}),

segments as (
    {% call feature_medians('labelled', 'segment_id') %}
        count(*) as user_count
    {%- endcall %}
),

medians as ({{ medians_by_feature('segments', 'segment_id') }}),

profiles as (

    select
        segment_model.segment_id::integer as segment_id,
        everyone.feature_name,
        medians.median_value,
        everyone.median_value as everyone_median,
        {{ deviation(
            'medians.median_value', 'everyone.median_value', 'everyone.spread'
        ) }} as deviation

    from {{ ref('current_segment_model') }} as segment_model
    cross join everyone
    left join medians
        on
            segment_model.segment_id = medians.segment_id
            and everyone.feature_name = medians.feature_name

)

select * from profiles
