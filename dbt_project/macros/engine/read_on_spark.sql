{# Reading files on Spark: lines by the text reader, which cuts large files into
   blocks for many tasks. #}

{% macro spark__read_records(layout) -%}
    {%- if layout.is_rewritten -%}
    select
        source_file,
        line_number,
        line_text,
        is_valid_text,
        positions

    from parquet.`{{ pattern_of_paths(layout) }}`
    {%- else -%}
    select
        {{ source_file(layout) }} as source_file,
        line_number,
        nullif(line_text, '') as line_text,
        true as is_valid_text,
        null::array<smallint> as positions

    from ({{ numbered_lines(layout) }}) as numbered_lines
    {%- endif -%}
{%- endmacro %}

{# Every line below the header with its number. The reader numbers nothing, but
   it gives the lines of a block one after the other to one task: what comes
   before a line is the blocks before its own, and the lines before it in its
   block. So only the blocks are compared, and no line is sorted. They are few
   and go to every task, which Spark cannot know: it would move every line.
   `check_numbers_of_lines` shows that it was so. #}
{% macro numbered_lines(layout) -%}
    {%- set lines -%}
        select
            value as line_text,
            {{ decoded_path('_metadata.file_path') }} as file_path,
            _metadata.file_block_start as block_start,
            monotonically_increasing_id() as place_in_task
        from text.`{{ pattern_of_paths(layout) }}`
    {%- endset -%}
    select /*+ broadcast(blocks) */
        lines.line_text,
        regexp_replace(lines.file_path, '^file:/+', '/') as filename,
        blocks.first_number + lines.place_in_task - blocks.first_place
            as line_number

    from ({{ lines }}) as lines
    inner join (
        select
            file_path,
            block_start,
            first_place,
            1 + coalesce(sum(line_count) over (
                partition by file_path
                order by block_start
                rows between unbounded preceding and 1 preceding
            ), 0) as first_number

        from (
            select
                file_path,
                block_start,
                min(place_in_task) as first_place,
                count(*) as line_count

            from ({{ lines }}) as lines
            group by file_path, block_start
        ) as counted_blocks
    ) as blocks
        on
            lines.file_path = blocks.file_path
            and lines.block_start = blocks.block_start
    where blocks.first_number + lines.place_in_task - blocks.first_place > 1
{%- endmacro %}

{# All paths of a layout as one pattern, below what they begin with: `/`, or the
   protocol and what follows it. They come with quotes around them, and as
   patterns that match themselves alone. #}
{% macro pattern_of_paths(layout) -%}
    {%- set paths = [] -%}
    {%- for path in layout.paths -%}
        {%- do paths.append(
            path[1:-1] | replace("''", "'") | replace('`', '``')
        ) -%}
    {%- endfor -%}
    {%- if paths | length == 1 -%}
        {{ return(paths[0]) }}
    {%- endif -%}
    {%- set begin = '/' -%}
    {%- if '://' in paths[0] -%}
        {%- set begin = paths[0].split('/')[:3] | join('/') ~ '/' -%}
    {%- endif -%}
    {%- set inner = [] -%}
    {%- for path in paths -%}
        {%- do inner.append(path[begin | length:]) -%}
    {%- endfor -%}
    {{ return(begin ~ '{' ~ inner | join(',') ~ '}') }}
{%- endmacro %}
