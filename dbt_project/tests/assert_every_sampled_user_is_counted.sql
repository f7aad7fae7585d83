-- The groups of a scheme hold everybody who was there at the moment, once; so
-- do the ways between two moments or models.
with

group_sums as (

    select
        moment,
        sum(user_count) as user_count

    from {{ ref('segment_value') }}
    group by moment, scheme

),

users_with_outcome as (

    select
        moment,
        count(*) as user_count

    from {{ ref('int_outcomes') }}
    group by moment

),

way_sums as (

    select
        to_moment as moment,
        sum(user_count) as user_count

    from {{ ref('segment_migrations') }}
    group by kind, to_moment

),

users_seen as (

    select
        moment,
        count(*) as user_count

    from {{ ref('int_history_segments') }}
    group by moment

)

select group_sums.moment
from group_sums
left join users_with_outcome on group_sums.moment = users_with_outcome.moment
where group_sums.user_count is distinct from users_with_outcome.user_count

union all

select way_sums.moment
from way_sums
left join users_seen on way_sums.moment = users_seen.moment
where way_sums.user_count is distinct from users_seen.user_count
