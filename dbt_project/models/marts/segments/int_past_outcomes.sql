-- One row per moment and sampled user who might have had a segment then: what
-- the model reads, as it was known at the moment, and what the user spent in
-- the month that followed. Only moments whose next month is complete are here.
-- Training measures on it what a number of segments is worth, so nothing here
-- knows of any model; `int_outcomes` adds the segments.
{{ config(materialized='view') }}

with

moments as (

    select * from {{ ref('int_moments') }}
    where has_outcome

),

history_inputs as (

    select * from {{ ref('int_history_inputs') }}
    where is_eligible

),

store_totals as (

    select * from {{ ref('store_totals') }}

),

next_outcomes as (

    select
        sessions.user_id,
        moments.moment,
        sum(sessions.revenue) as next_revenue

    from {{ next_visits() }}
    group by sessions.user_id, moments.moment

),

past_outcomes as (

    select
        history_inputs.user_id,
        history_inputs.moment,

        {{ model_feature_values(
            'history_inputs', 'store_totals.is_purchases_only'
        ) }} as features,
        coalesce(next_outcomes.next_revenue, 0)::decimal(18, 2) as next_revenue

    from history_inputs
    inner join moments using (moment)
    cross join store_totals
    left join next_outcomes using (user_id, moment)

)

select * from past_outcomes
