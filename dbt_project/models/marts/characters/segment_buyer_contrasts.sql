-- One row per segment and feature: how far its median lies from that of all
-- buyers with a segment, in units of the buyers' spread. Most users never buy:
-- beside everyone, every segment of buyers looks alike.
with

user_segments as (

    select * from {{ ref('user_segments') }}
    where segment_id is not null

),

buyers as (

    select user_features.*
    from {{ ref('user_features') }} as user_features
    inner join user_segments on user_features.user_id = user_segments.user_id
    where user_features.order_count > 0

),

quantiles as (
    {% call feature_quantiles('buyers') %}
        count(*) as user_count
    {%- endcall %}
),

all_buyers as ({{ levels_by_feature('quantiles') }}),

profiles as (

    select * from {{ ref('segment_feature_profiles') }}

),

contrasts as (

    select
        profiles.segment_id,
        profiles.feature_name,
        profiles.median_value,
        all_buyers.median_value as buyers_median,
        {{ deviation(
            'profiles.median_value',
            'all_buyers.median_value',
            'all_buyers.spread'
        ) }} as deviation

    from profiles
    inner join all_buyers on profiles.feature_name = all_buyers.feature_name
    where exists (select 1 from buyers)

)

select * from contrasts
