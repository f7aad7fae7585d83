-- The ledger: one row per loaded file, with where each of its lines went. The line count comes from
-- the file scanner, the others from what was stored, so that their identity proves something.
-- A run that is killed before this model leaves the file out, and the next run loads it again. A
-- file that was there already is counted again where a day changed on which it has a line, kept or
-- not: another file may have taken over one of its lines, or left it.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='source_file',
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ drop_files_without_lines() }}",
    post_hook="{{ mark_days_as_counted() }}"
) }}

with

files_to_load as (

    select * from {{ source('datasets', 'files_to_load') }}

),

file_facts as (

    select
        source_file,
        fingerprint,
        size_bytes,
        line_count,
        modified_at_ns,
        {{ run_start() }} as loaded_at

    from files_to_load

    {% if is_incremental() -%}
    union all

    select
        source_file,
        fingerprint,
        size_bytes,
        line_count,
        modified_at_ns,
        loaded_at

    from {{ this }}
    where source_file not in (select source_file from files_to_load)
    {%- endif %}

),

event_lines as (

    select * from {{ ref('event_lines') }}
    where source_file in {{ files_to_count(ref('event_lines')) }}

),

reasons as (

    select
        source_file,
        rejection_reason,
        count(*) as line_count

    from event_lines
    where rejection_reason is not null
    group by source_file, rejection_reason

),

reasons_by_file as (

    select
        source_file,
        {{ counts_by_name('rejection_reason', 'line_count') }}
            as rejected_by_reason

    from reasons
    group by source_file

),

line_counts as (

    select
        source_file,

        count(*) filter (
            where rejection_reason is null and not is_duplicate
        ) as kept_count,
        count(*) filter (
            where rejection_reason is null and is_duplicate
        ) as duplicate_count,
        count(*) filter (where rejection_reason is not null)
            as rejected_count,
        count(*) filter (where has_unreadable_category)
            as unreadable_category_count,

        coalesce(sum(price) filter (
            where
            event_type = 'purchase'
            and rejection_reason is null
            and not is_duplicate
        ), 0)::decimal(18, 2) as kept_revenue,
        coalesce(sum(price) filter (
            where
            event_type = 'purchase'
            and rejection_reason is not null
        ), 0)::decimal(18, 2) as refused_revenue,

        min(occurred_at) filter (
            where rejection_reason is null and not is_duplicate
        ) as first_event_at,
        max(occurred_at) filter (
            where rejection_reason is null and not is_duplicate
        ) as last_event_at

    from event_lines
    group by source_file

),

ledger as (

    select
        file_facts.source_file,
        file_facts.fingerprint,

        file_facts.size_bytes,
        file_facts.line_count,
        line_counts.kept_count,
        line_counts.duplicate_count,
        line_counts.rejected_count,
        reasons_by_file.rejected_by_reason,
        line_counts.unreadable_category_count,
        line_counts.kept_revenue,
        line_counts.refused_revenue,

        line_counts.first_event_at,
        line_counts.last_event_at,
        file_facts.modified_at_ns,
        file_facts.loaded_at

    from file_facts
    inner join line_counts
        on file_facts.source_file = line_counts.source_file
    left join reasons_by_file
        on file_facts.source_file = reasons_by_file.source_file

)

select * from ledger
