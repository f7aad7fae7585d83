-- One row per user: what is counted over all months, and all that
-- `user_features` is made of. Where one month came and no other changed, it is
-- joined to the totals that are there, and nothing is grouped again but the
-- visits of those who came: the same rows.
{{ config(materialized='table_by_users', post_hook=[
    "{{ note_months_of_totals() }}",
    "{{ mark_days_as_checked() }}",
    "{{ note_whole_features() }}"
]) }}
{%- set added_month = month_to_add() %}

with

user_months as (

    select * from {{ ref('int_user_months') }}
    where
        {{ is_in_batch('user_id') }}
        and {{ 'visit_month = ' ~ added_month if added_month else 'true' }}

),

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_in_batch('user_id') }} and {{ is_seen('visit_date') }}

),

as_of as (

    select {{ as_of() }} as as_of

),

-- Months tell what windows hold, but for the few months that a window cuts.
whole_months as (

    select
        user_months.user_id,
        user_months.visit_month as visit_date,
        user_months.event_count,
        user_months.active_day_count

    from {{ ref('int_user_months') }} as user_months
    cross join as_of
    where
        {{ is_in_batch('user_months.user_id') }}
        and not ({{ is_cut_by_a_window('user_months.visit_month', 'as_of') }})

),

sessions_of_cut_months as (

    select sessions.*
    from sessions
    cross join as_of
    where {{ is_cut_by_a_window('sessions.visit_month', 'as_of') }}

),

activity as (

    select * from whole_months

    union all

    {{ daily_activity('sessions_of_cut_months', ['user_id']) }}

),

windows as ({{ user_windows('activity', ['user_id'], as_of()) }}),

totals as (
    {% if added_month -%}
    {{ grown_totals(users_in_batch(this), 'user_months', 'sessions') }}
    {%- else -%}
    {{ user_totals('user_months', 'sessions', ['user_id']) }}
    {%- endif %}
),

orders as (

    select * from {{ ref('int_user_orders') }}
    where {{ is_in_batch('user_id') }}

),

carts as (

    select * from {{ ref('int_user_carts') }}
    where {{ is_in_batch('user_id') }}

),

users as (
    {{ feature_inputs(
        'totals', 'orders', 'carts', 'windows', ['user_id'], as_of()
    ) }}
)

-- In order: a user is found without reading all, and threads fill whole blocks.
select * from users
{{ stored_by('user_id') }}
