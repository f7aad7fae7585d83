-- One row per user: who they are by what they did, over all files, as of one
-- date. No feature that the segmentation reads is null or infinite, and none
-- rests on `category_code`, whose tree the store rearranged in December 2019. A
-- view: ratios cost little to take, and their parts, which a further month can
-- be added to, take less room.
{{ config(materialized='view', post_hook="{{ forget_origin_of_features() }}") }}

with

user_totals as (

    select * from {{ ref('int_user_totals') }}

),

users as ({{ feature_columns('user_totals', ['user_id']) }})

select * from users
