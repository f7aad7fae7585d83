-- One row per user of `int_long_histories`, number of events seen, and visit
-- among these: the columns of `sessions` as far as features are made of them,
-- by the events seen. A history ends with the last event seen: `snapshot_date`
-- is the day after it.
{%- set keys = ['user_id', 'seen_event_count', 'snapshot_date'] %}

with

first_events as (

    select * from {{ ref('int_first_events') }}

),

snapshots as (

    select
        user_id,
        place as seen_event_count,
        occurred_at::date + 1 as snapshot_date

    from first_events
    where place in ({{ var('label_agreement_events') | join(', ') }})

),

visits as (

    select
        {{ keys | join(', ') }},
        first_events.session_id,
        first_events.occurred_at::date as visit_date,

        count(*) as event_count,
        count(*) filter (where first_events.event_type = 'view')
            as view_count,
        count(*) filter (where first_events.event_type = 'cart')
            as cart_count,
        count(*) filter (where first_events.event_type = 'remove_from_cart')
            as removal_count,
        count(*) filter (where first_events.event_type = 'purchase')
            as purchase_count,
        count(*) filter (where first_events.event_type = 'refund')
            as refund_count,
        count(*) filter (where {{ is_night('first_events.occurred_at') }})
            as night_event_count,

        coalesce(sum(first_events.price) filter (
            where first_events.event_type in ('purchase', 'refund')
        ), 0)::decimal(18, 2) as revenue,

        min(first_events.occurred_at) as started_at,
        max(first_events.occurred_at) as ended_at

    from snapshots
    inner join first_events using (user_id)
    where first_events.place <= snapshots.seen_event_count
    group by {{ keys | join(', ') }}, first_events.session_id, visit_date

),

described as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as duration_seconds

    from visits

)

select * from described
