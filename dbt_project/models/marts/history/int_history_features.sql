-- One row per snapshot date and sampled user seen before it: the columns of
-- `user_features`, as they were then. The formulas are the same macros; a row
-- sees the months and visits before its snapshot date.
{%- set keys = ['user_id', 'snapshot_date'] %}

with

snapshots as (

    select * from {{ ref('int_snapshots') }}

),

sampled_users as (

    select * from {{ ref('int_sampled_users') }}

),

user_months as (

    select
        user_months.*,
        snapshots.snapshot_date

    from {{ ref('int_user_months') }} as user_months
    inner join sampled_users on user_months.user_id = sampled_users.user_id
    inner join snapshots on user_months.visit_month < snapshots.snapshot_date

),

sessions as (

    select
        sessions.*,
        snapshots.snapshot_date

    from {{ ref('sessions') }} as sessions
    inner join sampled_users on sessions.user_id = sampled_users.user_id
    inner join snapshots on sessions.visit_date < snapshots.snapshot_date

),

cart_steps as (

    select
        cart_steps.*,
        snapshots.snapshot_date

    from {{ ref('int_cart_steps') }} as cart_steps
    inner join sampled_users on cart_steps.user_id = sampled_users.user_id
    inner join snapshots on cart_steps.occurred_at < snapshots.snapshot_date

),

users as (
    {{ features_as_of(
        'user_months', 'sessions', 'cart_steps', keys, 'snapshot_date'
    ) }}
)

select * from users
