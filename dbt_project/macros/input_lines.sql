{# Reading the files of this run, one record at a time. #}

{# The columns of a raw file, in the order of the published data. #}
{% macro raw_columns() -%}
    {{ return([
        'event_time', 'event_type', 'product_id', 'category_id', 'category_code', 'brand', 'price',
        'user_id', 'user_session',
    ]) }}
{%- endmacro %}

{# Those, and the one that only some shops have. #}
{% macro read_columns() -%}
    {{ return(raw_columns() + ['quantity']) }}
{%- endmacro %}

{# The files to load, grouped by layout: one row per kind, form of the fields, delimiter, order of
   columns (of Parquet, names and types too: each file is judged by its own), marks of numbers and day
   from which events are in the future. A join would tell the day as well, but it could change the order
   of the lines. #}
{% macro layouts_to_load() -%}
    {%- set layouts = [] -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
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
                {% for column in read_columns() -%}
                {{ column }}_position,
                {% endfor -%}
                end_of_belief::text as end_of_belief,
                max(longest_line_bytes) as longest_line_bytes,
                to_json(list(
                    '''' || replace(path, '''', '''''') || '''' order by source_file
                ))::text as paths,
                folder,
                current_setting('threads') as thread_count
            from {{ files_to_load }}
            group by all
            order by min(source_file)
        {%- endset -%}
        {%- for row in run_query(query).rows -%}
            {%- set layout = row.dict() -%}
            {%- do layout.update(
                paths=fromjson(layout.paths),
                parquet_columns=fromjson(layout.parquet_columns or '[]'),
            ) -%}
            {%- do layouts.append(layout) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(layouts) }}
{%- endmacro %}

{# The records of the CSV files of one layout: file, number where the file was rewritten, text,
   whether the text was valid, and where the columns stand below a second header. #}
{% macro read_records(layout) -%}
    {%- if layout.is_rewritten -%}
    select
        source_file,
        line_number,
        line_text,
        is_valid_text,
        positions

    from read_parquet([{{ layout.paths | join(', ') }}], hive_partitioning = false)
    {%- else -%}
    select
        {{ source_file(layout) }} as source_file,
        null::bigint as line_number,
        line_text,
        true as is_valid_text,
        null::smallint[] as positions

    from {{ read_lines(layout) }}
    {%- endif -%}
{%- endmacro %}

{# Every physical line of a plain file as one text: quotes, blank lines and lines of any length arrive
   as they are, and the position of a line in the file is its number. The delimiter is four control
   characters that no plain file holds. Quoting is looked at later, where a line has a quote at all.

   Of more than two files a thread, DuckDB gives each to one thread, and the last of seven is read by
   one thread while the other waits. So they are read in groups that all threads share; more than 16
   groups are not needed, because many files even out. #}
{% macro read_lines(layout) -%}
    {%- set group_size = [layout.thread_count * 2, (layout.paths | length / 16) | int] | max -%}
    (
        {%- for paths in layout.paths | batch(group_size) %}
        from read_csv(
            [{{ paths | join(', ') }}],
            columns = {'line_text': 'VARCHAR'},
            auto_detect = false,
            header = false,
            skip = 1,
            delim = E'\x01\x02\x03\x04',
            quote = '',
            escape = '',
            strict_mode = false,
            compression = '{{ 'none' if layout.folder.startswith('inflated:') else 'auto' }}',
            max_line_size = {{ [layout.longest_line_bytes | int + 1, 2000000] | max }},
            filename = true,
            -- A folder called `line_text=…` would take the place of the line.
            hive_partitioning = false
        )
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as lines
{%- endmacro %}

{# The text of a record without the byte-order mark that stands in a file put together from several.
   Files that hold one are never plain. #}
{% macro text_to_split(layout) -%}
    {{ "ltrim(line_text, chr(65279))" if layout.is_rewritten else "line_text" }}
{%- endmacro %}

{# A field of a record by the name of its column; a file that was rewritten may have several headers. #}
{% macro field_of(layout, column) -%}
    {%- set position = layout[column ~ '_position'] | int -%}
    {%- if position < 0 -%}
        {{ value_in_path(column) }}
    {%- elif layout.is_rewritten -%}
        fields[coalesce(positions[{{ read_columns().index(column) + 1 }}], {{ position }}) + 1]
    {%- else -%}
        fields[{{ position + 1 }}]
    {%- endif -%}
{%- endmacro %}

{# The price with a point before the decimals and no other mark; null where it is written with other
   marks than those of its file. #}
{% macro price_number(price, layout) -%}
    {%- set decimal, thousands = layout.decimal_mark, layout.thousands_mark or '' -%}
    {%- if decimal == '.' and not thousands -%}
        {{ return(price) }}
    {%- endif -%}
    {%- set quoted_thousands = thousands | replace("'", "''") -%}
    {%- set whole = '([0-9]+|[0-9]{1,3}([' ~ quoted_thousands ~ '][0-9]{3})+)'
        if thousands else '[0-9]+' -%}
    case
        when regexp_full_match({{ price }}, '[+-]?{{ whole }}([{{ decimal }}][0-9]*)?')
            then replace(
                replace({{ price }}, '{{ quoted_thousands }}', ''), '{{ decimal }}', '.'
            )
    end
{%- endmacro %}

{# The rows of the Parquet files of one layout. Their columns are called by their positions, because a
   file may call them anything, `filename` included; and no part of a path is taken for a column. #}
{% macro read_parquet_rows(layout) -%}
    read_parquet(
        [{{ layout.paths | join(', ') }}],
        filename = 'path of the file',
        hive_partitioning = false,
        union_by_name = false
    ) as parquet_rows (
        {%- for _ in layout.parquet_columns -%}
        column_{{ loop.index0 }}, {% endfor -%}
        filename
    )
{%- endmacro %}

{# A value of a Parquet file as text. Some writers leave out the mark that bytes are text. #}
{% macro parquet_text(layout, position) -%}
    {%- set column = 'column_' ~ position -%}
    {%- if layout.parquet_columns[position][1] == 'binary' -%}
        coalesce(try(decode({{ column }})), {{ column }}::text)
    {%- else -%}
        {{ column }}::text
    {%- endif -%}
{%- endmacro %}

{# A row of a Parquet file as the line that it would be. #}
{% macro parquet_line(layout) -%}
    json_object(
        {%- for name, type in layout.parquet_columns %}
        '{{ name | replace("'", "''") }}',
        {{ parquet_text(layout, loop.index0) if type == 'binary' else 'column_' ~ loop.index0 }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    )::text
{%- endmacro %}

{# Whether all bytes that stand for text are text. #}
{% macro is_parquet_text(layout) -%}
    true
    {%- for column in raw_columns() -%}
        {%- set position = layout[column ~ '_position'] | int -%}
        {%- if position >= 0 and layout.parquet_columns[position][1] == 'binary' %}
        and (column_{{ position }} is null or try(decode(column_{{ position }})) is not null)
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The value that the folders of a file give one of the nine columns, as partitioned exports write it.
   The first folder of that name counts. #}
{% macro value_in_path(column) -%}
    nullif(
        url_decode(regexp_extract(
            source_file, '(?i)(?:^|/)\s*{{ column }}\s*=([^/]*)/', 1
        )),
        '__HIVE_DEFAULT_PARTITION__'
    )
{%- endmacro %}

{# The path of a file relative to the data folder: its name in the ledger. #}
{% macro source_file(layout) -%}
    substr(filename, length('{{ layout.folder | replace("'", "''") }}') + 2)
{%- endmacro %}

{# One of the columns as text, null where there is nothing in it: a field of a line, a value of a Parquet
   row, or what the path or a setting says. Position -2: no line of the file has it. #}
{% macro raw_field(column, layout) -%}
    {%- set position = layout[column ~ '_position'] | int -%}
    {%- if position == -2 -%}
        {%- set of_all = var('every_event_is') if column == 'event_type' else none -%}
        {{ return(quoted_text(of_all) if of_all else "null::text") }}
    {%- elif position < 0 -%}
        {{ return(text_or_null(value_in_path(column), column)) }}
    {%- elif layout.kind == 'parquet' -%}
        {{ return(text_or_null("trim(" ~ parquet_text(layout, position) ~ ", ' ')", column)) }}
    {%- elif column == 'event_type' and not layout.has_bare_fields -%}
        {{ return(text_or_null(type_of_any_line(layout, position), column)) }}
    {%- endif -%}
    {{ return(text_or_null(field_of(layout, column), column)) }}
{%- endmacro %}

{# The event type even of a line whose quotes do not match up: what is refused is counted by it. #}
{% macro type_of_any_line(layout, position) -%}
    coalesce(
        {{ field_of(layout, 'event_type') }},
        trim(string_split(line_text, '{{ layout.delimiter }}')[{{ position + 1 }}], ' "')
    )
{%- endmacro %}

{# A text, or null where it is empty or one of those that programs write for nothing. In a time, a type
   or a price these are no value anyway. Not `in`: DuckDB makes a join of a list of six, and no join
   keeps the order of the lines. #}
{% macro text_or_null(text, column) -%}
    {%- set is_typed = column in ['event_time', 'event_type', 'price', 'quantity'] -%}
    {%- set ns = namespace(text="nullif(" ~ text ~ ", '')") -%}
    {%- for nothing in ([] if is_typed else var('null_texts')) -%}
        {%- set ns.text = "nullif(" ~ ns.text ~ ", " ~ quoted_text(nothing) ~ ")" -%}
    {%- endfor -%}
    {{ return(ns.text) }}
{%- endmacro %}
