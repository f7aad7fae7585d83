{# Reading delimited files, one record at a time. #}

{# The records of the CSV files of one layout: file, number where the file was
   rewritten, text, whether the text was valid, and where the columns stand
   below a second header. #}
{% macro read_records(layout) -%}
    {{ return(adapter.dispatch('read_records')(layout)) }}
{%- endmacro %}

{% macro duckdb__read_records(layout) -%}
    {%- if layout.is_rewritten -%}
    select
        source_file,
        line_number,
        line_text,
        is_valid_text,
        positions

    from read_parquet(
        [{{ layout.paths | join(', ') }}], hive_partitioning = false
    )
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

{# Every physical line of a plain file as one text: quotes, blank lines and
   lines of any length arrive as they are, and the position of a line in the
   file is its number. The delimiter is four control characters that no plain
   file holds. Quoting is looked at later, where a line has a quote at all.

   Of more than two files a thread, DuckDB gives each to one thread, and the
   last of seven is read by one thread while the other waits. So they are read
   in groups that all threads share; more than 16 groups are not needed, because
   many files even out. #}
{% macro read_lines(layout) -%}
    {%- set group_size = [
        layout.thread_count * 2, (layout.paths | length / 16) | int
    ] | max -%}
    {%- set longest_line = layout.longest_line_bytes | int + 1 -%}
    {%- set is_inflated = layout.folder.startswith('inflated:') -%}
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
            compression = '{{ 'none' if is_inflated else 'auto' }}',
            max_line_size = {{ [longest_line, 2000000] | max }},
            filename = true,
            -- A folder called `line_text=…` would take the place of the line.
            hive_partitioning = false
        )
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as lines
{%- endmacro %}

{# The text of a record without the byte-order mark that stands in a file put
   together from several. Files that hold one are never plain. #}
{% macro text_to_split(layout) -%}
    {{ return(
        "trim(leading '\ufeff' from line_text)" if layout.is_rewritten
        else 'line_text'
    ) }}
{%- endmacro %}

{# The path of a file relative to the data folder: its name in the ledger. A
   copy has it as a column. #}
{% macro source_file(layout) -%}
    {%- if layout.is_rewritten -%}
        {{ return('source_file') }}
    {%- endif -%}
    {{ return(
        'substr(filename, length(' ~ quoted_text(layout.folder) ~ ') + 2)'
    ) }}
{%- endmacro %}
