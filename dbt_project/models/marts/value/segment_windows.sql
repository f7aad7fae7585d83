-- One row per window of one to twelve months and segment: how many of its
-- members bought within so many months after a moment, the latest that so many
-- months have followed. A test of a campaign may have to wait for more buyers
-- than one month brings.
with

moments as (

    select moment from {{ ref('int_moments') }}
    where has_outcome

),

lengths as (

    select unnest(range(1, 13)) as month_count

),

windows as (

    select
        lengths.month_count,
        max(moments.moment) as moment

    from moments
    cross join lengths
    where
        moments.moment + lengths.month_count * interval 1 month <= {{ as_of() }}
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
        moments.moment,
        min(purchases.visit_date) as purchase_date

    from purchases
    inner join moments on purchases.visit_date >= moments.moment
    group by purchases.user_id, moments.moment

),

counted as (

    select
        windows.month_count,
        windows.moment,
        members.model_version,
        members.segment_id,

        count(*) as user_count,
        count(*) filter (
            where next_purchases.purchase_date
            < windows.moment + windows.month_count * interval 1 month
        ) as buyer_count

    from windows
    inner join members on windows.moment = members.moment
    left join next_purchases
        on
            members.user_id = next_purchases.user_id
            and members.moment = next_purchases.moment
    group by all

)

select * from counted
