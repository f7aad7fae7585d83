-- One row per segment that has customers and number of months: how many there
-- are now, and how many of its members bought within so many months of the
-- past. The first month is the one that `segment_value` reports, with zeros
-- where it was not measured.
{{ config(materialized='view') }}

with

segments as (

    select
        segment_id,
        user_count as customer_count
    from {{ ref('segment_profiles') }}
    where user_count > 0

),

segment_value as (

    select * from {{ ref('segment_value') }}
    where scheme = 'segment'

),

segment_windows as (

    select * from {{ ref('segment_windows') }}
    where month_count > 1

),

latest as (

    select
        group_id::integer as segment_id,
        snapshot_date,
        buyer_count,
        user_count

    from segment_value
    qualify snapshot_date = max(snapshot_date) over ()

),

first_months as (

    select
        segments.segment_id,
        1::bigint as month_count,
        latest.snapshot_date,
        segments.customer_count,
        coalesce(latest.buyer_count, 0) as responder_count,
        coalesce(latest.user_count, 0) as measured_count

    from segments
    left join latest on segments.segment_id = latest.segment_id

),

longer as (

    select
        segments.segment_id,
        segment_windows.month_count,
        segment_windows.snapshot_date,
        segments.customer_count,
        segment_windows.buyer_count as responder_count,
        segment_windows.user_count as measured_count

    from segments
    inner join segment_windows
        on segments.segment_id = segment_windows.segment_id

),

responses as (

    select * from first_months

    union all

    select * from longer

)

select * from responses
