-- One row per user of `int_long_histories` and number of events seen, up to
-- all: the columns of `user_features`, from these events alone, as of the day
-- after the last of them. The formulas are the same macros. Scores are left
-- out: there is nobody to compare with.
{%- set keys = ['user_id', 'seen_event_count', 'snapshot_date'] %}
{%- set month_columns = columns_that_add_up() | map(attribute=1) | list + [
    'favourite_category_event_count', 'favourite_brand_event_count',
    'first_event_at', 'last_event_at',
] %}
{%- set visit_columns = [
    'session_id', 'visit_date', 'started_at', 'event_count', 'purchase_count',
    'revenue', 'duration_seconds',
] %}

with

long_histories as (

    select
        user_id,
        event_count as seen_event_count,
        snapshot_date
    from {{ ref('int_long_histories') }}

),

first_events as (

    select * from {{ ref('int_first_events') }}

),

early_visits as (

    select * from {{ ref('int_early_visits') }}

),

early_months as (

    select * from {{ ref('int_early_months') }}

),

user_months as (

    select
        {{ (keys + month_columns) | join(', ') }},
        false as has_automatic_session,
        0 as busiest_day_event_count
    from early_months

    union all

    select
        {{ (keys + month_columns) | join(', ') }},
        user_months.has_automatic_session,
        user_months.busiest_day_event_count
    from {{ ref('int_user_months') }} as user_months
    inner join long_histories using (user_id)

),

sessions as (

    select {{ (keys + visit_columns) | join(', ') }}
    from early_visits

    union all

    select {{ (keys + visit_columns) | join(', ') }}
    from {{ ref('sessions') }} as sessions
    inner join long_histories using (user_id)
    where {{ is_seen('sessions.visit_date') }}

),

cart_steps as (

    select
        early_months.user_id,
        early_months.seen_event_count,
        early_months.snapshot_date,
        first_events.product_id,
        first_events.event_type = 'purchase' as is_purchase,
        first_events.occurred_at
    from early_months
    inner join first_events on early_months.user_id = first_events.user_id
    where
        first_events.place <= early_months.seen_event_count
        and first_events.event_type in ('cart', 'purchase')

    union all

    select
        {{ keys | join(', ') }},
        cart_steps.product_id,
        cart_steps.is_purchase,
        cart_steps.occurred_at
    from {{ ref('int_cart_steps') }} as cart_steps
    inner join long_histories using (user_id)

),

users as (
    {{ features_as_of(
        'user_months', 'sessions', 'cart_steps', keys, 'snapshot_date'
    ) }}
),

early_features as (

    select {{ all_but([
        'recency_score', 'frequency_score', 'monetary_score',
    ]) }}
    from users

)

select * from early_features
