{# Reading Parquet files on Spark, one row at a time. #}

{# Columns by their positions, as on DuckDB. #}
{% macro spark__read_parquet_rows(layout) -%}
    (
        select
            {%- for name, _ in layout.parquet_columns %}
            `{{ name | replace('`', '``') }}` as column_{{ loop.index0 }},
            {%- endfor %}
            {% if layout.is_rewritten -%}
            source_file,
            line_number
            {%- else -%}
            regexp_replace(
                {{ decoded_path('_metadata.file_path') }}, '^file:/+', '/'
            ) as filename,
            _metadata.row_index + 1 as line_number
            {%- endif %}
        from parquet.`{{ pattern_of_paths(layout) }}`
    ) as parquet_rows
{%- endmacro %}

{% macro spark__parquet_text(layout, position) -%}
    column_{{ position }}::string
{%- endmacro %}

{% macro spark__parquet_line(layout) -%}
    to_json(named_struct(
        {%- for name, type in layout.parquet_columns %}
        {{ quoted_text(name) }}, column_{{ loop.index0 }}
        {{- '::string' if type.startswith(('timestamp', 'date', 'time')) }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    ), map('ignoreNullFields', 'false'))
{%- endmacro %}

{% macro spark__is_parquet_text(layout) -%}
    true
    {%- for column in layout.columns -%}
        {%- set position = layout[column ~ '_position'] | int -%}
        {%- if position >= 0
            and layout.parquet_columns[position][1] == 'binary' %}
        and coalesce(
            is_valid_utf8(column_{{ position }}::string)
            and not contains(column_{{ position }}::string, chr(0)), true
        )
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
