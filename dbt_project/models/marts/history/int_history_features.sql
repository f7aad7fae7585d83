-- One row per moment and sampled user seen before it: the columns of
-- `user_features`, as they were then. The formulas are the same macros; a row
-- sees the months and visits before its moment.
{%- set keys = ['user_id', 'moment'] %}

with

moments as (

    select * from {{ ref('int_moments') }}

),

sampled_users as (

    select * from {{ ref('int_sampled_users') }}

),

user_months as (

    select
        user_months.*,
        moments.moment

    from {{ ref('int_user_months') }} as user_months
    inner join sampled_users on user_months.user_id = sampled_users.user_id
    inner join moments on user_months.visit_month < moments.moment

),

sessions as (

    select
        sessions.*,
        moments.moment

    from {{ ref('sessions') }} as sessions
    inner join sampled_users on sessions.user_id = sampled_users.user_id
    inner join moments on sessions.visit_date < moments.moment

),

cart_steps as (

    select
        cart_steps.*,
        moments.moment

    from {{ ref('int_cart_steps') }} as cart_steps
    inner join sampled_users on cart_steps.user_id = sampled_users.user_id
    inner join moments on cart_steps.occurred_at < moments.moment

),

users as (
    {{ features_as_of(
        'user_months', 'sessions', 'cart_steps', keys, 'moment'
    ) }}
)

select * from users
