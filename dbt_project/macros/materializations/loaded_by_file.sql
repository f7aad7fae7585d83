{# A table that is filled file by file, in one transaction: the lines of the files to load take the
   place of what the table held of them, repeated events are marked, refused lines get their number,
   and the whole is checked against the independent count of lines. Either all of it or nothing.

   dbt's own incremental materialization would write every new line twice, once into a temporary
   table. `--full-refresh` reads every file that is there again; the lines of files that are gone
   stay, because nothing could bring them back. #}
{% materialization loaded_by_file, adapter='duckdb' %}

    {%- set target = this.incorporate(type='table') -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
    {%- set is_loading = "source_file in (select source_file from "
        ~ files_to_load ~ ")" -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}

    {#- Before the transaction: DuckDB 2.0.0 does not show a transaction the rows that it inserted in
        parallel into a table that it also created. An empty table does no harm. -#}
    {% do run_query(
        "create table if not exists " ~ target ~ " as select * from (" ~ sql ~ ") as no_lines limit 0"
    ) %}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set has_files = run_query(
        "select count(*) from " ~ files_to_load
    ).rows[0][0] > 0 -%}

    {%- set replaced_days = load_days(target, is_loading) -%}
    {% call statement('delete', auto_begin=True) -%}
        delete from {{ target }} where {{ is_loading }}
    {%- endcall %}

    {% call statement('main') -%}
        insert into {{ target }} by name {{ sql }}
    {%- endcall %}

    {% if has_files %}
        {% do check_every_line_arrived(target, files_to_load) %}
        {% do number_rejected_lines(target, files_to_load) %}
        {% do mark_duplicates(target, replaced_days, load_days(target, is_loading)) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}


{# Days with kept lines of the files to load, as ISO dates with their number of lines. #}
{% macro load_days(target, is_loading) -%}
    {%- set days = {} -%}
    {%- set query -%}
        select strftime(occurred_at, '%Y-%m-%d') as day, count(*) as line_count
        from {{ target }}
        where rejection_reason is null and {{ is_loading }}
        group by all
        order by all
    {%- endset -%}
    {%- for row in run_query(query).rows -%}
        {%- do days.update({row[0] | string: row[1]}) -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}


{# The count of the file scanner, made without DuckDB, must be what the table now holds. #}
{% macro check_every_line_arrived(target, files_to_load) -%}
    {%- set query -%}
        with arrived as (

            select source_file, count(*) as line_count
            from {{ target }}
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
   The header is line 1; the rows of a Parquet file have no header. #}
{% macro number_rejected_lines(target, files_to_load) -%}
    {% do run_query(
        "with first_lines as ("
        ~ " select lines.source_file, min(lines.rowid) as first_row,"
        ~ " case any_value(files_to_load.kind) when 'parquet' then 1 else 2 end as first_number"
        ~ " from " ~ target ~ " as lines"
        ~ " inner join " ~ files_to_load ~ " as files_to_load"
        ~ " on lines.source_file = files_to_load.source_file"
        ~ " group by lines.source_file)"
        ~ " update " ~ target ~ " as lines"
        ~ " set line_number = lines.rowid - first_lines.first_row + first_lines.first_number"
        ~ " from first_lines"
        ~ " where lines.source_file = first_lines.source_file"
        ~ " and lines.rejection_reason is not null"
    ) %}
{%- endmacro %}
