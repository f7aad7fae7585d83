{# A table that is filled file by file. In one transaction the lines of the files to load take the
   place of what the table held of them, and are checked against the independent count of lines:
   either all of it or nothing. Then repeated events are marked, and refused lines get their number.

   Two steps, because lines that are changed in the transaction that inserted them are written a
   second time, into the log: 95 bytes for each of them. Each day whose lines changed gets a new
   version in `core.event_lines_by_day`, in the first step, so that the second one, and whatever is
   computed from here, knows what to do again even if a run dies in between.

   dbt's own incremental materialization would write every new line twice, once into a temporary
   table. `--full-refresh` reads every file that is there again; the lines of files that are gone
   stay, because nothing could bring them back. #}
{% materialization loaded_by_file, adapter='duckdb' %}

    {%- set target = this.incorporate(type='table') -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
    {%- set is_leaving = "source_file not in (" ~ staying_files(files_to_load) ~ ")" -%}
    {%- set is_loaded = "source_file in " ~ names_of_files(files_to_load) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}

    {#- Before the transaction: DuckDB 2.0.0 does not show a transaction the rows that it inserted in
        parallel into a table that it also created. An empty table does no harm. -#}
    {% do run_query(
        "create table if not exists " ~ target ~ " as select * from (" ~ sql ~ ") as no_lines limit 0"
    ) %}
    {% do run_query("create table if not exists " ~ core_relation('event_lines_by_day') ~ " (day date, version bigint, marked_version bigint, checked_version bigint, counted_version bigint)") %}
    {#- Of a warehouse made before the ledger had a version of its own: it counts every file again. -#}
    {% do run_query(
        "alter table " ~ core_relation('event_lines_by_day') ~ " add column if not exists counted_version bigint default 0"
    ) %}
    {% do run_query("create table if not exists " ~ core_relation('texts_of_ids') ~ " (kind text, id bigint, id_text text)") %}
    {% do create_months_built() %}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {#- Nearly always nothing leaves; asking for the names costs less than looking at every line. -#}
    {%- set leaving_files = run_query(
        "select source_file from (select distinct source_file from " ~ target ~ ") as files where " ~ is_leaving
    ) -%}
    {%- set left_days = line_counts_by_day(target, is_leaving) if leaving_files | length else {} -%}
    {% call statement('delete', auto_begin=True) -%}
        delete from {{ target }} where {{ is_leaving if leaving_files | length else 'false' }}
    {%- endcall %}

    {% call statement('main') -%}
        insert into {{ target }} by name {{ sql }}
    {%- endcall %}

    {% do check_every_line_arrived(target, files_to_load, is_loaded) %}
    {% do check_refusals(target, files_to_load, is_loaded) %}
    {% do keep_texts_of_ids(target, is_loaded) %}
    {%- if leaving_files | length -%}
        {% do forget_texts_of_ids(target) %}
    {%- endif -%}
    {%- set changed_days = merged_days(left_days, line_counts_by_day(target, is_loaded)) -%}
    {% do raise_day_versions(changed_days) %}
    {% do void_ledger_of(files_to_load, is_loaded) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target, model) %}
    {% do adapter.commit() %}

    {#- From here on each statement stands for itself. -#}
    {% do number_rejected_lines(target, files_to_load, is_loaded) %}
    {% do mark_duplicates(target, changed_days) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}


{# The names of files, written out: where they are found by a query, the database looks at every line
   that is there, and not only at the blocks that hold these files. #}
{% macro names_of_files(files) -%}
    {%- set found = run_query("select source_file from " ~ files ~ " order by source_file") -%}
    {%- set names = [] -%}
    {%- for row in found.rows -%}
        {%- do names.append("'" ~ row[0] | replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    {{ return("(" ~ (names or ["null"]) | join(", ") ~ ")") }}
{%- endmacro %}


{# The files whose lines stay: those of the ledger that are neither loaded again nor forgotten
   (`--forget-file`). What a killed run left behind is in no ledger, so it goes. #}
{% macro staying_files(files_to_load) -%}
    {#- Not by `ref`: the ledger is made after this table, and this is the ledger of the last run. -#}
    {%- set ledger = load_relation(core_relation('loaded_files')) -%}
    {%- if ledger is none -%}
        select null where false
    {%- else -%}
        select source_file from {{ ledger }}
        where source_file not in (select source_file from {{ files_to_load }})
        {%- for name in var('forget_files') %}
            and source_file <> '{{ name | replace("'", "''") }}'
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}


{# What the ledger says of these files, and of those to forget, holds no longer once their lines are
   exchanged. If the run dies before the ledger is made again, the next one reads the files anew: the
   ledger knows none of this content. Where a file is gone by then, the lines that were read of it
   stay, and their number is right. #}
{% macro void_ledger_of(files_to_load, is_loaded) -%}
    {%- set ledger = load_relation(core_relation('loaded_files')) -%}
    {%- if ledger is not none -%}
        {% do run_query(
            "update " ~ ledger ~ " as ledger"
            ~ " set fingerprint = '', modified_at_ns = -1, size_bytes = files.size_bytes, line_count = files.line_count"
            ~ " from " ~ files_to_load ~ " as files where ledger.source_file = files.source_file and ledger." ~ is_loaded
        ) %}
        {%- for name in var('forget_files') %}
            {% do run_query("delete from " ~ ledger ~ " where source_file = '" ~ name | replace("'", "''") ~ "'") %}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}


{% macro raise_day_versions(days) -%}
    {%- if days -%}
        {%- set changed -%}
            (values {% for day in days -%}
                (date '{{ day }}'){{ ', ' if not loop.last }}
            {%- endfor %}) as changed (day)
        {%- endset -%}
        {% do run_query(
            "update " ~ core_relation('event_lines_by_day') ~ " as versions set version = version + 1 from " ~ changed
            ~ " where versions.day = changed.day"
        ) %}
        {% do run_query(
            "insert into " ~ core_relation('event_lines_by_day') ~ " select day, 1, 0, 0, 0 from " ~ changed
            ~ " where day not in (select day from " ~ core_relation('event_lines_by_day') ~ ")"
        ) %}
    {%- endif -%}
{%- endmacro %}


{# Two sets of days as one, with the sum of their lines. #}
{% macro merged_days(first, second) -%}
    {%- set days = {} -%}
    {%- for some in [first, second] -%}
        {%- for day, line_count in some.items() -%}
            {%- do days.update({day: line_count + days.get(day, 0)}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}


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
