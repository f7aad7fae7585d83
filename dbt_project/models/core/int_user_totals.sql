-- One row per user: what is counted over all months, and all that `user_features` is made of. Where
-- one month came and no other changed, it is joined to the totals that are there, and nothing is
-- grouped again but the visits of those who came: the same rows.
{{ config(materialized='table_by_users', post_hook=[
    "{{ note_months_of_totals() }}",
    "{{ mark_days_as_checked() }}",
    "{{ forget_state_of_features() }}"
]) }}
{%- set added_month = month_to_add() %}

with

user_months as (

    select * from {{ ref('int_user_months') }}
    where
        {{ is_in_part('user_id') }}
        and {{ 'visit_month = ' ~ added_month if added_month else 'true' }}

),

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_in_part('user_id') }} and {{ is_seen('visit_date') }}

),

totals as (
    {% if added_month -%}
    {{ grown_totals(users_in_part(this), 'user_months', 'sessions') }}
    {%- else -%}
    {{ user_totals('user_months', 'sessions', ['user_id']) }}
    {%- endif %}
),

orders as (

    select * from {{ ref('int_user_orders') }}
    where {{ is_in_part('user_id') }}

),

carts as (

    select * from {{ ref('int_user_carts') }}
    where {{ is_in_part('user_id') }}

),

users as (
    {{ counted_users('totals', 'orders', 'carts', ['user_id'], as_of()) }}
)

-- In order: a user is found without reading all, and threads fill whole blocks.
select * from users
order by user_id
