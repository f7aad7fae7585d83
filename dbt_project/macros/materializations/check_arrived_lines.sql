{# The count of the file scanner, made without DuckDB, must be what the table
   now holds. #}
{% macro check_every_line_arrived(files_to_load) -%}
    {%- set query -%}
        with arrived as (

            select
                source_file,
                sum(line_count) as line_count
            from {{ arrived_lines() }}
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
            ~ " were read: send the file again, or report it with its first and"
            ~ " last lines."
        ) -%}
    {%- endfor -%}
{%- endmacro %}
