-- One row per run and segment: its customers when the run ended, what they had
-- bought by then, and what the run saw. Those without a segment have a row, so
-- that the rows of a run add up to all customers.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

with

user_features as (

    select * from {{ ref('user_features') }}
    where not is_automatic

),

user_segments as (

    select * from {{ ref('user_segments') }}

),

store_totals as (

    select * from {{ ref('store_totals') }}

),

current_segment_model as (

    select * from {{ ref('current_segment_model') }}

),

model as (

    select max(model_version)::integer as model_version
    from current_segment_model

),

customers as (

    select
        user_segments.segment_id::integer as segment_id,
        count(*) as user_count,
        count(*) filter (where user_features.order_count > 0) as buyer_count,
        coalesce(sum(user_features.order_count), 0)::bigint as order_count,
        coalesce(sum(user_features.revenue), 0)::decimal(18, 2) as revenue

    from user_features
    left join user_segments on user_features.user_id = user_segments.user_id
    group by user_segments.segment_id

),

entry as (

    select
        {{ run_start() }} as started_at,
        store_totals.as_of,
        model.model_version,
        customers.*

    from customers
    cross join store_totals
    cross join model

)

select * from entry
