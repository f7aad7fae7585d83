-- Nobody is dropped on the way from the visits to the segments.
with

user_counts as (

    select
        (
            select count(distinct user_id) from {{ ref('sessions') }}
            where visit_date < {{ as_of() }}
        ) as in_sessions,
        (select count(*) from {{ ref('user_features') }}) as in_features,
        (select count(*) from {{ ref('user_segments') }}) as in_segments

)

select * from user_counts
where in_sessions <> in_features or in_features <> in_segments
