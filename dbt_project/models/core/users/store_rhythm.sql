-- One row: how many days usually lie between two orders of a customer of this
-- store. It stands in where a customer has no rhythm yet. Each customer counts
-- once, so that the few who order all the time do not set the rhythm for
-- everybody; two orders of one day are no rhythm.
with

user_totals as (

    select * from {{ ref('int_user_totals') }}

),

rhythms as (

    select mean_days_between_orders
    from user_totals
    where mean_days_between_orders > 0 and not is_automatic

),

store_rhythm as (

    select
        coalesce(
            median(mean_days_between_orders),
            {{ var('default_rhythm_days') }}
        )::double as rhythm_days,
        count(*) as repeat_buyer_count,

        -- What else decides the state of a customer, for whoever reads it.
        {{ var('shortest_rhythm_days') }}::integer as shortest_rhythm_days,
        {{ var('at_risk_after') }}::double as at_risk_after,
        {{ var('lapsed_after') }}::double as lapsed_after,
        {{ var('lost_after') }}::double as lost_after

    from rhythms

)

select * from store_rhythm
