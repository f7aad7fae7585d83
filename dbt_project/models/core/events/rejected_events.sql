-- One row per refused line: where it stands, why it is refused, and what it
-- says.
{{ config(materialized='view') }}

with

event_lines as (

    select * from {{ ref('event_lines') }}

),

refused as (

    select
        source_file,
        line_number,
        rejection_reason,
        {{ item_of('raw_line', 1) }} as raw_line

    from event_lines
    where rejection_reason is not null

)

select * from refused
