{# Of several lines with the same key one is kept: the one with the lowest
   price, then the lowest category and brand, then the one loaded first. The
   choice depends on what the lines say before it depends on when they came, so
   that the kept events are the same in whatever order files arrive.

   Where `equal_lines` says so, those of one file are several pieces: the second
   piece in a file repeats the second one in another.

   Comparing whole keys would sort every line. A 64-bit hash of the key finds
   the few lines that can be repeated at all, and only those are compared. A key
   contains the time, so a repeated event never lies in two days, and days can
   be taken one after the other. #}
{% macro mark_duplicates(target, line_counts) -%}
    {%- if 'occurred_at' not in var('duplicate_key') -%}
        {%- do exceptions.raise_compiler_error(
            "duplicate_key in dbt_project.yml must contain occurred_at: "
            ~ "repeated events are searched for day by day."
        ) -%}
    {%- endif -%}
    {%- for first_day, last_day
        in batches_of_days(unmarked_days(), line_counts) -%}
        {%- do adapter.execute(
            mark_duplicates_between(target, first_day, last_day)
        ) -%}
        {%- do adapter.execute(mark_days_as_searched(first_day, last_day)) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro mark_duplicates_between(target, first_day, last_day) -%}
    {%- set key = var('duplicate_key') | join(', ') -%}
    {%- set order -%}
        price, try_cast(category_id as bigint), category_code, brand, user_id,
        product_id, event_type, session_id
    {%- endset -%}
    {%- set in_batch -%}
        rejection_reason is null
        and occurred_at >= date '{{ first_day }}'
        and occurred_at < date '{{ last_day }}' + interval 1 day
    {%- endset -%}
    with repeated_hashes as (

        select hash({{ key }}) as key_hash
        from {{ target }}
        where {{ in_batch }}
        group by key_hash
        having count(*) > 1

    ),

    same_hashes as (

        select
            *,
            rowid as line_id,
            {% if var('equal_lines') == 'several' -%}
            row_number() over (
                partition by {{ key }}, source_file
                order by {{ order }}, rowid
            )
            {%- else -%}
            1
            {%- endif %} as piece
        from {{ target }}
        where {{ in_batch }}
            and (
                is_duplicate
                or hash({{ key }}) in (select key_hash from repeated_hashes)
            )

    ),

    candidates as (

        select
            line_id,
            row_number() over (
                partition by {{ key }}, piece
                order by {{ order }}, line_id
            ) > 1 as is_repeated
        from same_hashes

    )

    update {{ target }} as lines
    set is_duplicate = candidates.is_repeated
    from candidates
    where lines.rowid = candidates.line_id
        and lines.is_duplicate <> candidates.is_repeated
{%- endmacro %}
