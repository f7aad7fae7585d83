-- One row per line of every loaded file, kept or not: the only table that is
-- filled from the files, in one pass. Refused lines carry their reason, number
-- and text; for all others these columns are null and take no room. `events`
-- and `rejected_events` are views of it, so that read = kept + duplicate +
-- rejected holds by construction.
{{ config(
    materialized='loaded_by_file',
    post_hook="{{ outdate_features() }}"
) }}

with

lines as (

    select * from {{ ref('stg_events') }}

),

stored_lines as (

    select
        user_id,
        {{ kept_session_id() }},
        product_id,
        -- As text: an id of 19 digits that repeats is kept once for many lines,
        -- half the room.
        category_id::string as category_id,

        event_type,
        {{ 'null::string as ' if 'category_code' in var('columns_not_kept') -}}
        category_code,
        brand,
        source_file,
        rejection_reason,
        -- The raw text of a refused line only. In a list, because a text takes
        -- two bytes on the disk where it is null, and a list nearly none.
        case
            when rejection_reason is not null
                then {{ list_of(['line_text']) }}
        end as raw_line,

        price,
        -- Of a plain file, filled in once all lines are there: see
        -- `loaded_by_file`.
        {{ stored_line_number() }} as line_number,

        -- Filled in once all lines are there.
        false as is_duplicate,
        category_id_text is not null and category_id is null
            as has_unreadable_category,

        occurred_at

    from lines

)

select * from stored_lines
