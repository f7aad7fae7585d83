-- The groups of a scheme hold everybody who was there at the snapshot, once; so
-- do the ways between two snapshot dates or models.
with

group_sums as (

    select
        snapshot_date,
        sum(user_count) as user_count

    from {{ ref('segment_value') }}
    group by snapshot_date, scheme

),

users_with_outcome as (

    select
        snapshot_date,
        count(*) as user_count

    from {{ ref('int_outcomes') }}
    group by snapshot_date

),

way_sums as (

    select
        to_date as snapshot_date,
        sum(user_count) as user_count

    from {{ ref('segment_migrations') }}
    group by kind, to_date

),

users_seen as (

    select
        snapshot_date,
        count(*) as user_count

    from {{ ref('int_history_segments') }}
    group by snapshot_date

)

select group_sums.snapshot_date
from group_sums
left join
    users_with_outcome
    on group_sums.snapshot_date = users_with_outcome.snapshot_date
where group_sums.user_count is distinct from users_with_outcome.user_count

union all

select way_sums.snapshot_date
from way_sums
left join users_seen on way_sums.snapshot_date = users_seen.snapshot_date
where way_sums.user_count is distinct from users_seen.user_count
