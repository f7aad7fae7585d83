-- The ledger: one row per loaded file, with where each of its lines went. The
-- line count comes from the file scanner, the others from what was stored, so
-- that their identity proves something. A run that is killed before this model
-- leaves the file out, and the next run loads it again. A file that was there
-- already is counted again where a day changed on which it has a line, kept or
-- not: another file may have taken over one of its lines, or left it.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='source_file',
    full_refresh=false,
    on_schema_change='append_new_columns',
    pre_hook="{{ add_columns_of_ledger() ~ drop_files_without_lines() }}",
    post_hook="{{ mark_days_as_counted() }}"
) }}

with

files_to_load as (

    select * from {{ source('datasets', 'files_to_load') }}

),

file_facts as (
    {{ facts_of_files() }}
),

line_outcomes as (

    select * from {{ ref('int_line_outcomes') }}
    where source_file in {{ files_to_count(ref('event_lines')) }}

),

outcomes_by_file as (

    select
        source_file,

        {{ total_of('line_count', "outcome = 'kept'") }} as kept_count,
        {{ total_of('line_count', "outcome = 'duplicate'") }}
            as duplicate_count,
        {{ total_of('line_count', 'is_refused') }} as rejected_count,
        {{ by_name('outcome', 'line_count', 'is_refused') }}
            as rejected_by_reason,
        {{ total_of('unreadable_category_count') }}
            as unreadable_category_count,

        {{ total_of('revenue') }} as read_revenue,
        {{ total_of('revenue', "outcome = 'kept'") }} as kept_revenue,
        {{ total_of('revenue', "outcome = 'duplicate'") }}
            as duplicate_revenue,
        {{ total_of('revenue', 'is_refused') }} as refused_revenue,
        {{ by_name('outcome', 'revenue', 'is_refused') }}
            as refused_revenue_by_reason,
        {{ total_of('revenue', "outcome in ('missing_user', 'invalid_user')") }}
            as revenue_without_user,
        {{ total_of('revenue', "outcome = 'price_above_maximum'") }}
            as revenue_above_maximum,
        {{ total_of('revenue_of_unknown_type') }}
            as refused_amount_of_unknown_type,

        min(first_event_at) filter (where outcome = 'kept') as first_event_at,
        max(last_event_at) filter (where outcome = 'kept') as last_event_at

    from line_outcomes
    group by source_file

),

ledger as (

    select
        file_facts.*,
        {{ all_but(['source_file'], of='outcomes_by_file') }}

    from file_facts
    inner join outcomes_by_file
        on file_facts.source_file = outcomes_by_file.source_file

)

select * from ledger
