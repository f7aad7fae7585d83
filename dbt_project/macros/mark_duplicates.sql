{# Of several lines with the same key one is kept: the one with the lowest price, then the lowest
   category and brand, then the one loaded first. The choice depends on what the lines say before it
   depends on when they came, so that the kept events are the same in whatever order files arrive.

   Comparing whole keys would sort every line. A 64-bit hash of the key finds the few lines that can
   be repeated at all, and only those are compared. Days are taken together in batches that fit in
   memory; a key contains the time, so a repeated event never lies in two days. #}
{% macro mark_duplicates(target, line_counts) -%}
    {%- if 'occurred_at' not in var('duplicate_key') -%}
        {%- do exceptions.raise_compiler_error(
            "duplicate_key in dbt_project.yml must contain occurred_at: "
            ~ "repeated events are searched for day by day."
        ) -%}
    {%- endif -%}
    {%- set batch = namespace(days=[], line_count=0) -%}
    {%- for day in unmarked_days() -%}
        {%- do batch.days.append(day) -%}
        {%- set batch.line_count = batch.line_count + line_counts.get(day, 0) -%}
        {%- if loop.last or batch.line_count > 10000000 -%}
            {%- do run_query(mark_duplicates_between(target, batch.days[0], batch.days[-1])) -%}
            {%- do run_query(
                "update " ~ core_relation('event_lines_by_day') ~ " set marked_version = version"
                ~ " where day between date '" ~ batch.days[0] ~ "' and date '" ~ batch.days[-1] ~ "'"
            ) -%}
            {%- set batch.days = [] -%}
            {%- set batch.line_count = 0 -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}


{# Days whose lines changed since repeated events were marked, in this run or in one that was killed. #}
{% macro unmarked_days() -%}
    {%- set days = run_query(
        "select day::text from " ~ core_relation('event_lines_by_day')
        ~ " where version <> marked_version order by day"
    ) -%}
    {{ return(days.columns[0].values() | list) }}
{%- endmacro %}


{% macro mark_duplicates_between(target, first_day, last_day) -%}
    {%- set key = var('duplicate_key') | join(', ') -%}
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

    candidates as (

        select
            rowid as line_id,
            row_number() over (
                partition by {{ key }}
                order by
                    price, try_cast(category_id as bigint), category_code, brand, user_id, product_id,
                    event_type, session_id, rowid
            ) > 1 as is_repeated
        from {{ target }}
        where {{ in_batch }}
            and (
                is_duplicate
                or hash({{ key }}) in (select key_hash from repeated_hashes)
            )

    )

    update {{ target }} as lines
    set is_duplicate = candidates.is_repeated
    from candidates
    where lines.rowid = candidates.line_id
        and lines.is_duplicate <> candidates.is_repeated
{%- endmacro %}
