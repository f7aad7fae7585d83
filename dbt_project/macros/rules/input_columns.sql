{# The columns of a raw file, and what stands in them. #}

{# The columns that are read of every file: those of which the list of files
   says where they stand. They are defined in Python, which finds them in the
   headers. #}
{% macro input_columns() -%}
    {%- if not execute -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set names = run_query(
        "select * from " ~ source('datasets', 'files_to_load') ~ " limit 0"
    ).column_names -%}
    {%- set columns = [] -%}
    {%- for name in names if name.endswith('_position') -%}
        {%- do columns.append(name.removesuffix('_position')) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{# What a column may be called. #}
{% macro names_of_column(column) -%}
    {%- set columns = var('columns') -%}
    {%- set given = columns.get(column, []) if columns is mapping else [] -%}
    {{ return(([given] if given is string else given) + [column]) }}
{%- endmacro %}

{# Whether a line holds the names of columns, as where files were put together.
   Two names in their places are proof enough; quotes around them are those that
   a header may have too. #}
{% macro is_header() -%}
    {{ is_name_of('user_id') }} and {{ is_name_of('event_time') }}
{%- endmacro %}

{% macro is_name_of(column) -%}
    {{ is_one_of(
        "lower(trim(both ' ''\"' from " ~ column ~ "_text))",
        names_of_column(column)
    ) }}
{%- endmacro %}

{# One of the columns as text, null where there is nothing in it: a field of a
   line, a value of a Parquet row, or what the path or a setting says. Position
   -2: no line of the file has it. #}
{% macro raw_field(column, layout) -%}
    {%- set position = layout[column ~ '_position'] | int -%}
    {%- if position == -2 -%}
        {%- set of_all
            = var('every_event_is') if column == 'event_type' else none -%}
        {{ return(quoted_text(of_all) if of_all else "null::string") }}
    {%- elif position < 0 -%}
        {{ return(text_or_null(value_in_path(column), column)) }}
    {%- elif layout.kind == 'parquet' -%}
        {{ return(text_or_null(
            "trim(both ' ' from " ~ parquet_text(layout, position) ~ ")", column
        )) }}
    {%- elif column == 'event_type' and not layout.has_bare_fields -%}
        {{ return(text_or_null(type_of_any_line(layout, position), column)) }}
    {%- endif -%}
    {{ return(text_or_null(field_of(layout, column), column)) }}
{%- endmacro %}

{# A field of a record by the name of its column; a file that was rewritten may
   have several headers. #}
{% macro field_of(layout, column) -%}
    {%- set position = layout[column ~ '_position'] | int -%}
    {%- if position < 0 -%}
        {{ value_in_path(column) }}
    {%- elif layout.is_rewritten -%}
        {%- set place = layout.columns.index(column) + 1 -%}
        {{ item_of(
            'fields',
            'coalesce(' ~ item_of('positions', place) ~ ', '
            ~ position ~ ') + 1'
        ) }}
    {%- else -%}
        {{ item_of('fields', position + 1) }}
    {%- endif -%}
{%- endmacro %}

{# The event type even of a line whose quotes do not match up: what is refused
   is counted by it. #}
{% macro type_of_any_line(layout, position) -%}
    coalesce(
        {{ field_of(layout, 'event_type') }},
        trim(both ' "' from {{ item_of(
            parts_of_text('line_text', layout.delimiter), position + 1
        ) }})
    )
{%- endmacro %}

{# The value that the folders of a file give one of the nine columns, as
   partitioned exports write it. The first folder of that name counts. #}
{% macro value_in_path(column) -%}
    nullif(
        {{ decoded_path(
            "regexp_extract(source_file, '(?i)(?:^|/)\\s*" ~ column
            ~ "\\s*=([^/]*)/', 1)"
        ) }},
        '__HIVE_DEFAULT_PARTITION__'
    )
{%- endmacro %}

{# A text, or null where it is empty or one of those that programs write for
   nothing. In a time, a type or a price these are no value anyway. Not `in`:
   DuckDB makes a join of a list of six, and no join keeps the order of the
   lines. #}
{% macro text_or_null(text, column) -%}
    {%- set is_typed
        = column in ['event_time', 'event_type', 'price', 'quantity'] -%}
    {%- set ns = namespace(text="nullif(" ~ text ~ ", '')") -%}
    {%- for nothing in ([] if is_typed else var('null_texts')) -%}
        {%- set ns.text
            = "nullif(" ~ ns.text ~ ", " ~ quoted_text(nothing) ~ ")" -%}
    {%- endfor -%}
    {{ return(ns.text) }}
{%- endmacro %}
