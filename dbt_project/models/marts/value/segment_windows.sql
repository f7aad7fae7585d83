-- One row per window of one to twelve months and segment: how many of its
-- members bought within so many months after a snapshot, the latest that many
-- months have followed. A test of a campaign may have to wait for more buyers
-- than one month brings.
with

snapshots as (

    select snapshot_date from {{ ref('int_snapshots') }}
    where has_outcome

),

lengths as (

    select {{ rows_of(numbers_to(12)) }} as month_count

),

windows as (

    select
        lengths.month_count,
        max(snapshots.snapshot_date) as snapshot_date

    from snapshots
    cross join lengths
    where
        snapshots.snapshot_date + lengths.month_count * interval 1 month
        <= {{ as_of() }}
    group by lengths.month_count

),

members as (

    select * from {{ ref('int_history_segments') }}
    where segment_id is not null

),

purchases as (

    select
        sessions.user_id,
        sessions.visit_date

    from {{ ref('sessions') }} as sessions
    inner join {{ ref('int_sampled_users') }} as sampled_users
        on sessions.user_id = sampled_users.user_id
    where sessions.purchase_count > 0

),

next_purchases as (

    select
        purchases.user_id,
        snapshots.snapshot_date,
        min(purchases.visit_date) as purchase_date

    from purchases
    inner join snapshots on purchases.visit_date >= snapshots.snapshot_date
    group by purchases.user_id, snapshots.snapshot_date

),

counted as (

    select
        windows.month_count,
        windows.snapshot_date,
        members.model_version,
        members.segment_id,

        count(*) as user_count,
        count(*) filter (
            where next_purchases.purchase_date
            < windows.snapshot_date + windows.month_count * interval 1 month
        ) as buyer_count

    from windows
    inner join members on windows.snapshot_date = members.snapshot_date
    left join next_purchases
        on
            members.user_id = next_purchases.user_id
            and members.snapshot_date = next_purchases.snapshot_date
    group by all

)

select * from counted
