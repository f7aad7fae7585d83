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

all_buyers as (
    {% call feature_quantiles('buyers') %}
        count(*) as user_count
    {%- endcall %}
),

profiles as (

    select * from {{ ref('segment_profiles') }}

),

contrasts as (

    select
        profiles.segment_id,
        {{ rows_of_lists(contrasts_by_feature('profiles', 'all_buyers')) }}

    from profiles
    cross join all_buyers
    where all_buyers.user_count > 0

)

select * from contrasts
