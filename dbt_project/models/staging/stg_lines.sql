-- One row per record of the files to load in this run, cut into the nine fields
-- as text, whatever the order of columns in the file. A record is a line, or
-- several where a quoted field holds line breaks. The list of files is computed
-- before any of them is read. What is made of a layout is nested and stands in
-- no CTE: DuckDB plans those within one another, and 44 layouts took 6 s.
{%- set layouts = layouts_to_load() %}
{%- set columns = input_columns() %}

with

raw_fields as (

    {% for layout in layouts if layout.kind == 'csv' -%}
    select
        source_file,
        line_number,
        line_text,
        date '{{ layout.future_from }}' as future_from,
        {%- for column in columns %}
        {{ raw_field(column, layout) }} as {{ column }}_text,
        {%- endfor %}
        {{ price_number('price_text', layout) }} as price_number_text,
        is_valid_text,
        fields is not null as has_closed_quotes,
        coalesce({{ size_of('positions') }} > 0, true) as has_known_columns,
        coalesce({{ size_of('fields') }} = {{ layout.column_count }}, false)
            as is_whole

    from (

        select
            source_file,
            line_number,
            line_text,
            is_valid_text,
            positions,
            {{ trim_fields('fields', text_to_split(layout), layout) }} as fields

        from (

            select
                source_file,
                line_number,
                line_text,
                is_valid_text,
                positions,
                {{ split_line(text_to_split(layout), layout) }} as fields

            from ({{ read_records(layout) }}) as lines

        ) as split_lines

    ) as trimmed_lines

    union all

    {% endfor -%}
    {% for layout in layouts if layout.kind == 'parquet' -%}
    select
        {{ source_file(layout) }} as source_file,
        {{ parquet_row_number(layout) }} as line_number,
        {{ parquet_line(layout) }} as line_text,
        date '{{ layout.future_from }}' as future_from,
        {%- for column in columns %}
        {{ raw_field(column, layout) }} as {{ column }}_text,
        {%- endfor %}
        {{ price_number('price_text', layout) }} as price_number_text,
        {{ is_parquet_text(layout) }} as is_valid_text,
        true as has_closed_quotes,
        true as has_known_columns,
        true as is_whole

    from {{ read_parquet_rows(layout) }}

    union all

    {% endfor -%}
    -- Keeps the union valid where there is no file to load; gives no row.
    select
        null::string as source_file,
        null::bigint as line_number,
        null::string as line_text,
        null::date as future_from,
        {%- for column in columns %}
        null::string as {{ column }}_text,
        {%- endfor %}
        null::string as price_number_text,
        null::boolean as is_valid_text,
        null::boolean as has_closed_quotes,
        null::boolean as has_known_columns,
        null::boolean as is_whole

    where false

)

{{ with_lookups('raw_fields', layouts) }}
