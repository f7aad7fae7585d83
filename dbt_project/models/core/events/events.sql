-- One row per event that is kept.
{{ config(materialized='view') }}

with

event_lines as (

    select * from {{ ref('event_lines') }}

),

kept as (

    select
        user_id,
        session_id,
        occurred_at,
        event_type,
        product_id,

        try_cast(category_id as bigint) as category_id,
        category_code,
        brand,

        price,

        source_file

    from event_lines
    where rejection_reason is null and not is_duplicate

)

select * from kept
