{# `mark_duplicates` on Spark: of the lines with the same key one is kept,
   chosen by the same order. A month is looked through again where the readings
   that it holds are not those that it was looked through with. #}
{% macro mark_repeated_lines() -%}
    {%- set versions -%}
        select
            date_trunc('month', days.day)::date as visit_month,
            {{ hash_of([
                hash_of_rows(['days.day', 'days.version']),
                "'" ~ local_md5(repeated_lines_of('month')) ~ "'"
            ]) }} as built_from
        from {{ ops_relation('event_lines_by_day') }} as days
        group by 1
    {%- endset -%}
    {%- set differences = months_that_differ(versions, 'repeated_lines') -%}
    {%- set table = core_relation('repeated_lines') -%}
    {%- for month in differences.stale if month not in differences.due -%}
        {% do forget_month_built('repeated_lines', month) %}
        {% do run_query(
            "alter table " ~ table
            ~ " drop if exists partition (line_month = date '" ~ month ~ "')"
        ) %}
    {%- endfor -%}
    {%- for month, version in differences.due.items() -%}
        {% do forget_month_built('repeated_lines', month) %}
        {% do run_query(
            "insert overwrite table " ~ table
            ~ " partition (line_month = date '" ~ month ~ "') "
            ~ repeated_lines_of("date '" ~ month ~ "'")
        ) %}
        {% do run_query(note_month_built('repeated_lines', month, version)) %}
    {%- endfor -%}
{%- endmacro %}

{# A hash of the key finds the few lines that can be repeated at all; only those
   are sorted. #}
{% macro repeated_lines_of(month) -%}
    {%- set key = var('duplicate_key') | join(', ') -%}
    {#- Spark puts nulls first where it is not told. -#}
    {%- set order = [
        'price', 'try_cast(category_id as bigint)', 'category_code', 'brand',
        'user_id', 'product_id', 'event_type', 'session_id',
    ] | join(' nulls last, ') ~ ' nulls last' -%}
    with lines as (

        select
            stored.*,
            xxhash64({{ key }}) as key_hash
        from {{ stored_lines() }} as stored
        inner join {{ current_loads() }} as loads
            on
                stored.file_key = loads.file_key
                and stored.load_id = loads.load_id
        where stored.line_month = {{ month }}

    ),

    repeated_hashes as (

        select key_hash
        from lines
        group by key_hash
        having count(*) > 1

    ),

    same_hashes as (

        select
            lines.*,
            {% if var('equal_lines') == 'several' -%}
            row_number() over (
                partition by {{ key }}, source_file
                order by {{ order }}, line_number
            )
            {%- else -%}
            1
            {%- endif %} as piece
        from lines
        inner join repeated_hashes on lines.key_hash = repeated_hashes.key_hash

    ),

    candidates as (

        select
            source_file,
            line_number,
            row_number() over (
                partition by {{ key }}, piece
                order by {{ order }}, load_id, source_file,
                    line_number
            ) > 1 as is_repeated
        from same_hashes

    )

    select
        source_file,
        line_number
    from candidates
    where is_repeated
{%- endmacro %}
