{# What is asked of the lines of a file, and noted with them, once they are there. #}

{# The count of the file scanner, made without DuckDB, must be what the table now holds. #}
{% macro check_every_line_arrived(target, files_to_load, is_loaded) -%}
    {%- set query -%}
        with arrived as (

            select source_file, count(*) as line_count
            from {{ target }}
            where {{ is_loaded }}
            group by source_file

        )

        select
            files_to_load.source_file,
            files_to_load.line_count,
            coalesce(arrived.line_count, 0) as arrived_count
        from {{ files_to_load }} as files_to_load
        left join arrived on files_to_load.source_file = arrived.source_file
        where files_to_load.line_count <> coalesce(arrived.line_count, 0)
        order by files_to_load.source_file
    {%- endset -%}
    {%- for row in run_query(query).rows -%}
        {%- do exceptions.raise_compiler_error(
            row[0] ~ " holds " ~ row[1] ~ " lines but " ~ row[2]
            ~ " were read: send the file again, or report it with its first and last lines."
        ) -%}
    {%- endfor -%}
{%- endmacro %}

{# Lines are stored in the order of the file, so the distance to the file's first line is the number.
   The header is line 1; the rows of a Parquet file have no header. Where records take several lines,
   they came with their numbers. #}
{% macro number_rejected_lines(target, files_to_load, is_loaded) -%}
    {% do run_query(
        "with first_lines as ("
        ~ " select lines.source_file, min(lines.rowid) as first_row,"
        ~ " case any_value(files_to_load.kind) when 'parquet' then 1 else 2 end as first_number"
        ~ " from " ~ target ~ " as lines"
        ~ " inner join " ~ files_to_load ~ " as files_to_load"
        ~ " on lines.source_file = files_to_load.source_file"
        ~ " where lines." ~ is_loaded
        ~ " group by lines.source_file)"
        ~ " update " ~ target ~ " as lines"
        ~ " set line_number = lines.rowid - first_lines.first_row + first_lines.first_number"
        ~ " from first_lines"
        ~ " where lines.source_file = first_lines.source_file"
        ~ " and lines." ~ is_loaded
        ~ " and lines.rejection_reason is not null"
        ~ " and lines.line_number is null"
    ) %}
{%- endmacro %}
