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

    select
        {%- for feature in profile_features() %}
        {{ quantiles(feature) }} {{ among_those_with(feature) }}
            as quantiles_{{ feature }},
        (stddev_pop({{ feature }}) {{ among_those_with(feature) }})::double
            as stddev_{{ feature }},
        {%- endfor %}
        count(*) as user_count
    from buyers

),

profiles as (

    select * from {{ ref('segment_profiles') }}

),

contrasts as (

    {%- for feature in profile_features() %}
    select
        profiles.segment_id,
        '{{ feature }}' as feature_name,
        profiles.median_{{ feature }} as median_value,
        all_buyers.quantiles_{{ feature }}[2]::double as buyers_median,
        {{ deviation(
            'profiles.median_' ~ feature,
            'all_buyers.quantiles_' ~ feature,
            'all_buyers.stddev_' ~ feature
        ) }} as deviation
    from profiles
    cross join all_buyers
    where all_buyers.user_count > 0
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}

)

select * from contrasts
