-- One row per day from the first event to the last. A gap is a day with less
-- than a tenth of the events of the busiest of the three days before and after,
-- where that one had enough to tell (a fifth of them tells that none is no
-- chance), or one in the midst of a week without any: the store's logging
-- failed, not its customers. No gap is a day like most of those near it, beside
-- a busy sale, nor a closing day: a weekday as quiet in most of the four weeks
-- before and after.
{%- set columns_of_neighbours
    = ['busiest_near', 'usual', 'is_quiet', 'quiet_share'] %}
with

sessions as (

    select * from {{ ref('sessions') }}

),

active_days as (

    select
        visit_date,

        count(*) as session_count,
        count(*) filter (where is_automatic) as automatic_session_count,
        sum(event_count)::bigint as event_count,
        sum(purchase_count)::bigint as purchase_count,
        sum(revenue)::decimal(18, 2) as revenue

    from sessions
    group by visit_date

),

calendar as (
    {{ calendar('active_days') }}
),

all_days as (

    select
        calendar.visit_date,
        coalesce(active_days.session_count, 0) as session_count,
        coalesce(active_days.automatic_session_count, 0)
            as automatic_session_count,
        coalesce(active_days.event_count, 0) as event_count,
        coalesce(active_days.purchase_count, 0) as purchase_count,
        coalesce(active_days.revenue, 0)::decimal(18, 2) as revenue

    from calendar
    left join active_days on calendar.visit_date = active_days.visit_date

),

with_neighbours as (

    select
        *,
        max(event_count) over (
            order by visit_date rows between 3 preceding and 3 following
        ) as busiest_near,
        {{ median_of_window('nullif(event_count, 0)') }} over (
            order by visit_date rows between 28 preceding and 28 following
        ) as usual

    from all_days

),

quiet_days as (

    select
        *,
        event_count * 10 < busiest_near
        and event_count * 4 < usual as is_quiet

    from with_neighbours

),

with_same_weekdays as (

    select
        *,
        coalesce(
            ((sum(is_quiet::integer) over near_weeks) - is_quiet::integer)
            / nullif((count(*) over near_weeks) - 1, 0)::double, 0
        ) as quiet_share

    from quiet_days
    window near_weeks as (
        partition by {{ weekday_of('visit_date') }}
        order by visit_date
        rows between 4 preceding and 4 following
    )

),

judged as (

    select
        {{ all_but(columns_of_neighbours) }},
        not (is_quiet and quiet_share > 0.5)
        and (
            busiest_near = 0
            or (
                is_quiet
                and case
                    when event_count = 0 then 5 * least(busiest_near, usual)
                    else busiest_near
                end >= {{ var('min_gap_events') }}
            )
        ) as is_gap

    from with_same_weekdays

)

select * from judged
