{# The lines of all files on Spark, as each run read them. #}

{% macro stored_lines() -%}
    {{ return(core_relation('stored_lines')) }}
{%- endmacro %}

{# What tells the readings of different runs apart. #}
{% macro load_id() -%}
    {{ return(run_started_at.strftime('%Y%m%dT%H%M%S.%f')) }}
{%- endmacro %}

{% macro create_stored_lines(columns, sql) -%}
    {%- set partitions -%}
        using parquet partitioned by (file_key, load_id, line_month) as
        select
            {{ columns | join(', ') }},
            '' as file_key,
            '' as load_id,
            null::date as line_month
        from ({{ sql }}) as no_lines
        limit 0
    {%- endset -%}
    {% do run_query(
        "create table if not exists " ~ stored_lines() ~ " " ~ partitions
    ) %}
    {% do run_query(
        "create table if not exists " ~ core_relation('repeated_lines')
        ~ " (source_file string, line_number bigint, line_month date)"
        ~ " using parquet partitioned by (line_month)"
    ) %}
    {% do run_query(
        "create table if not exists " ~ core_relation('texts_of_ids')
        ~ " (kind string, id bigint, id_text string)"
    ) %}
{%- endmacro %}

{# Partitions of readings that are in no list: of a killed or refused run, or of
   files that were read anew or forgotten since. #}
{% macro drop_readings_that_do_not_count() -%}
    {%- set counting = [] -%}
    {%- for row in run_query(
        "select file_key, load_id from " ~ current_loads()
    ).rows -%}
        {%- do counting.append('file_key=' ~ row[0] ~ '/load_id=' ~ row[1]) -%}
    {%- endfor -%}
    {%- for table in [stored_lines(), file_days()] -%}
        {%- set readings = [] -%}
        {%- for row in run_query("show partitions " ~ table).rows -%}
            {%- do readings.append(row[0].split('/')[:2] | join('/')) -%}
        {%- endfor -%}
        {%- for reading in readings | unique if reading not in counting -%}
            {%- set parts = reading.split('/') -%}
            {% do run_query(
                "alter table " ~ table ~ " drop if exists partition ("
                ~ "file_key = '" ~ parts[0].split('=')[1]
                ~ "', load_id = '" ~ parts[1].split('=')[1] ~ "')"
            ) %}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{# Lines are numbered by where the reader found them, see `numbered_lines`: all
   numbers of a file, and none twice, or it read otherwise than is known of
   it. #}
{% macro check_numbers_of_lines(files_to_load) -%}
    {%- set query -%}
        select files.source_file
        from {{ files_to_load }} as files
        inner join (
            select
                source_file,
                min(line_number) as first_number,
                max(line_number) - min(line_number) + 1 as number_count,
                sum(line_number::decimal(38, 0)) as number_sum,
                count(*) as line_count
            from {{ stored_lines() }}
            where load_id = '{{ load_id() }}'
            group by source_file
        ) as lines on files.source_file = lines.source_file
        where
            not files.is_rewritten
            and (
                lines.number_count <> lines.line_count
                or lines.number_sum * 2
                <> lines.line_count * (
                    2 * lines.first_number + lines.line_count - 1
                )
            )
        order by files.source_file
    {%- endset -%}
    {%- for row in run_query(query).rows -%}
        {%- do exceptions.raise_compiler_error(
            row[0] ~ " was not read in the order of its lines: run again, or"
            ~ " report it with the version of Spark."
        ) -%}
    {%- endfor -%}
{%- endmacro %}
