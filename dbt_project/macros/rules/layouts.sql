{# The files to load, grouped by layout: one row per kind, form of the fields,
   delimiter, order of columns (of Parquet, names and types too: each file is
   judged by its own), marks of numbers and day from which events are in the
   future. A join would tell the day as well, but it could change the order of
   the lines. #}
{% macro layouts_to_load() -%}
    {%- set layouts = [] -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
    {%- set columns = input_columns() -%}
    {%- if execute -%}
        {%- set query -%}
            select
                kind,
                is_rewritten,
                has_bare_fields,
                delimiter,
                column_count,
                parquet_columns,
                decimal_mark,
                thousands_mark,
                {% for column in columns -%}
                {{ column }}_position,
                {% endfor -%}
                future_from::string as future_from,
                max(longest_line_bytes) as longest_line_bytes,
                {{ list_as_json('path', 'source_file') }} as paths,
                folder,
                lookup_files,
                {{ thread_count() }} as thread_count
            from {{ files_to_load }}
            group by all
            order by min(source_file)
        {%- endset -%}
        {%- for row in run_query(query).rows -%}
            {%- set layout = row.dict() -%}
            {%- set paths = [] -%}
            {%- for path in fromjson(layout.paths) -%}
                {%- do paths.append(quoted_text(path)) -%}
            {%- endfor -%}
            {%- do layout.update(
                columns=columns,
                paths=paths,
                parquet_columns=fromjson(layout.parquet_columns or '[]'),
                lookup_files=fromjson(layout.lookup_files),
            ) -%}
            {%- do layouts.append(layout) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(layouts) }}
{%- endmacro %}

{# The price with a point before the decimals and no other mark; null where it
   is written with other marks than those of its file. #}
{% macro price_number(price, layout) -%}
    {%- set decimal = layout.decimal_mark -%}
    {%- set thousands = layout.thousands_mark or '' -%}
    {%- if decimal == '.' and not thousands -%}
        {{ return(price) }}
    {%- endif -%}
    {%- set quoted_thousands = thousands | replace("'", "''") -%}
    {%- set whole = '([0-9]+|[0-9]{1,3}([' ~ quoted_thousands ~ '][0-9]{3})+)'
        if thousands else '[0-9]+' -%}
    case
        when {{ full_match(
            price, '[+-]?' ~ whole ~ '([' ~ decimal ~ '][0-9]*)?'
        ) }}
            then replace(
                replace({{ price }}, '{{ quoted_thousands }}', ''),
                '{{ decimal }}',
                '.'
            )
    end
{%- endmacro %}
