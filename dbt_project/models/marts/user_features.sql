-- One row per user: who they are by what they did, over all files, as of one date. No feature that
-- the segmentation reads is null or infinite, and none rests on `category_code`, whose tree the
-- store rearranged in December 2019.
{{ config(post_hook=[
    "{{ mark_days_as_checked() }}",
    "{{ forget_state_of_features() }}"
]) }}

with

totals as (

    select * from {{ ref('int_user_totals') }}

),

orders as (

    select * from {{ ref('int_user_orders') }}

),

carts as (

    select * from {{ ref('int_user_carts') }}

),

users as (
    {{ described_users('totals', 'orders', 'carts', ['user_id'], as_of()) }}
)

-- In order: a user is found without reading all, and threads fill whole blocks.
select * from users
order by user_id
