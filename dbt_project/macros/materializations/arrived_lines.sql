{# What is asked of the lines of a file, and noted with them, once they are
   there. #}

{# The lines that arrived, counted by all that is asked of them: they are looked
   at once, and what is asked are these few rows. The table is there before the
   transaction that fills it: DuckDB 2.0.0 does not show a transaction the rows
   that it inserted in parallel into a table that it also created. -#}
{% macro arrived_lines() -%}
    {{ return(adapter.dispatch('arrived_lines')()) }}
{%- endmacro %}

{% macro duckdb__arrived_lines() -%}
    {{ return("temp.arrived_lines") }}
{%- endmacro %}

{% macro create_arrived_lines() -%}
    {{ return(adapter.dispatch('create_arrived_lines')()) }}
{%- endmacro %}

{% macro duckdb__create_arrived_lines() -%}
    {%- set query -%}
        create or replace temporary table arrived_lines (
            source_file text,
            event_type text,
            rejection_reason text,
            day date,
            line_count bigint,
            has_texts_of_ids boolean
        )
    {%- endset -%}
    {% do adapter.execute(query) %}
{%- endmacro %}

{% macro count_arrived_lines(target, is_loaded) -%}
    {{ return(adapter.dispatch('count_arrived_lines')(target, is_loaded)) }}
{%- endmacro %}

{% macro duckdb__count_arrived_lines(target, is_loaded) -%}
    {%- set query -%}
        insert into {{ arrived_lines() }} by name
        {{ counted_lines(target, is_loaded) }}
    {%- endset -%}
    {% do adapter.execute(query) %}
{%- endmacro %}

{% macro counted_lines(target, is_loaded) -%}
    select
        source_file,
        event_type,
        rejection_reason,
        occurred_at::date as day,
        count(*) as line_count,
        coalesce(bool_or({{ has_text_of_id() }}), false)
            as has_texts_of_ids
    from {{ target }}
    where {{ is_loaded }}
    group by source_file, event_type, rejection_reason, day
{%- endmacro %}

{# Lines are stored in the order of the file, so the distance to the file's
   first line is the number. The header is line 1; the rows of a Parquet file
   have no header. Where records take several lines, they came with their
   numbers. #}
{% macro number_rejected_lines(target, files_to_load, is_loaded) -%}
    {%- set query -%}
        with first_lines as (

            select
                lines.source_file,
                min(lines.rowid) as first_row,
                case any_value(files_to_load.kind)
                    when 'parquet' then 1
                    else 2
                end as first_number
            from {{ target }} as lines
            inner join {{ files_to_load }} as files_to_load
                on lines.source_file = files_to_load.source_file
            where lines.{{ is_loaded }}
            group by lines.source_file

        )

        update {{ target }} as lines
        set
            line_number
            = lines.rowid - first_lines.first_row + first_lines.first_number
        from first_lines
        where
            lines.source_file = first_lines.source_file
            and lines.{{ is_loaded }}
            and lines.rejection_reason is not null
            and not {{ is_emptied('lines.rejection_reason') }}
            and lines.line_number is null
    {%- endset -%}
    {% do adapter.execute(query) %}
{%- endmacro %}
