-- Of two features whose ranks correlate by more than 0.9, one is enough: both together count the
-- same question twice. A warning and no error, because the segments are what was asked for; leave
-- one of the two out of `model_features`. Below 300 users a correlation near 0.9 is too uncertain
-- to say so.
{{ config(severity='warn') }}

with

segment_model as (

    select * from {{ ref('segment_model') }}
    qualify
        row_number() over (order by model_version desc, segment_id asc) = 1

),

correlated as (

    select
        training_user_count,
        feature_names,
        feature_correlations,
        unnest(range(1, len(feature_names) + 1)) as place

    from segment_model

),

paired as (

    select
        *,
        unnest(range(1, place)) as other_place

    from correlated

)

select
    feature_names[place] as feature_name,
    feature_names[other_place] as other_name,
    feature_correlations[place][other_place] as rank_correlation
from paired
where
    training_user_count >= 300
    and abs(feature_correlations[place][other_place]) > 0.9
