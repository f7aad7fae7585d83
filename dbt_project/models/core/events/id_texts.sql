-- One row per id that is not a whole number: what the files say in place of the
-- key.
-- depends_on: {{ ref('event_lines') }}
{{ config(materialized='view') }}

with

texts as (

    select
        id,
        kind,
        id_text

    from core.texts_of_ids

)

select * from texts
