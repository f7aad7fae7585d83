-- One row per user: the months of a user taken together.
{{ config(materialized='view') }}

with

user_months as (

    select * from {{ ref('int_user_months') }}

),

sessions as (

    select * from {{ ref('sessions') }}
    where {{ is_seen('visit_date') }}

),

totals as ({{ user_totals('user_months', 'sessions', ['user_id']) }})

select * from totals
