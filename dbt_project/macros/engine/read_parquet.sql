{# Reading Parquet files, one row at a time. #}

{# The rows of the Parquet files of one layout. Their columns are called by
   their positions, because a file may call them anything, `filename` included;
   and no part of a path is taken for a column. #}
{% macro read_parquet_rows(layout) -%}
    {{ return(adapter.dispatch('read_parquet_rows')(layout)) }}
{%- endmacro %}

{% macro duckdb__read_parquet_rows(layout) -%}
    read_parquet(
        [{{ layout.paths | join(', ') }}],
        filename = 'path of the file',
        hive_partitioning = false,
        union_by_name = false
    ) as parquet_rows (
        {%- for _ in layout.parquet_columns -%}
        column_{{ loop.index0 }}, {% endfor -%}
        {{ 'source_file, line_number, ' if layout.is_rewritten -}}
        filename
    )
{%- endmacro %}

{# Of a plain file, DuckDB numbers a refused row by where it is stored. #}
{% macro parquet_row_number(layout) -%}
    {{ return(adapter.dispatch('parquet_row_number')(layout)) }}
{%- endmacro %}

{% macro duckdb__parquet_row_number(layout) -%}
    {{ return('line_number' if layout.is_rewritten else 'null::bigint') }}
{%- endmacro %}

{% macro spark__parquet_row_number(layout) -%}
    line_number
{%- endmacro %}

{# A value of a Parquet file as text. Some writers leave out the mark that bytes
   are text. #}
{% macro parquet_text(layout, position) -%}
    {{ return(adapter.dispatch('parquet_text')(layout, position)) }}
{%- endmacro %}

{% macro duckdb__parquet_text(layout, position) -%}
    {%- set column = 'column_' ~ position -%}
    {%- if layout.parquet_columns[position][1] == 'binary' -%}
        coalesce(try(decode({{ column }})), {{ column }}::text)
    {%- else -%}
        {{ column }}::text
    {%- endif -%}
{%- endmacro %}

{# A row of a Parquet file as the line that it would be. #}
{% macro parquet_line(layout) -%}
    {{ return(adapter.dispatch('parquet_line')(layout)) }}
{%- endmacro %}

{% macro duckdb__parquet_line(layout) -%}
    json_object(
        {%- for name, type in layout.parquet_columns %}
        '{{ name | replace("'", "''") }}',
        {{ parquet_text(layout, loop.index0) if type == 'binary'
            else 'column_' ~ loop.index0 }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    )::text
{%- endmacro %}

{# Whether all bytes that stand for text are text. #}
{% macro is_parquet_text(layout) -%}
    {{ return(adapter.dispatch('is_parquet_text')(layout)) }}
{%- endmacro %}

{% macro duckdb__is_parquet_text(layout) -%}
    true
    {%- for column in layout.columns -%}
        {%- set position = layout[column ~ '_position'] | int -%}
        {%- if position >= 0
            and layout.parquet_columns[position][1] == 'binary' %}
        and (
            column_{{ position }} is null
            or coalesce(
                not contains(try(decode(column_{{ position }})), chr(0)), false
            )
        )
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
