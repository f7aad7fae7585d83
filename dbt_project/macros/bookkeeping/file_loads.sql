{# The readings of files on Spark, and which of them counts. #}

{# Which reading of each file counts, and what the ledger says of the file: a
   whole list under each number, of which the last counts. #}
{% macro file_loads() -%}
    {{ return(api.Relation.create(schema='ops', identifier='file_loads')) }}
{%- endmacro %}

{# On which days a reading has how many lines that are not refused. #}
{% macro file_days() -%}
    {{ return(api.Relation.create(schema='ops', identifier='file_days')) }}
{%- endmacro %}

{# The list that counts, as a subquery. #}
{% macro current_loads() -%}
    (
        select * from {{ file_loads() }}
        where version = (select max(version) from {{ file_loads() }})
    )
{%- endmacro %}

{# A day is another one where the readings that have lines on it are others. #}
{% macro versions_of_days() -%}
    select
        days.day,
        {{ hash_of_rows(['days.file_key', 'days.load_id']) }} as version,
        {{ hash_of_rows(['days.file_key', 'days.load_id']) }} as marked_version
    from {{ file_days() }} as days
    inner join {{ current_loads() }} as loads
        on days.file_key = loads.file_key and days.load_id = loads.load_id
    group by days.day
{%- endmacro %}

{# To be run when the lines are there, and before they count. #}
{% macro note_file_days() -%}
    {% do adapter.execute(
        "insert into " ~ file_days() ~ " (day, line_count, file_key, load_id)"
        ~ " select day, sum(line_count), md5(source_file), '" ~ load_id()
        ~ "' from " ~ arrived_lines() ~ " where rejection_reason is null"
        ~ " group by day, source_file"
    ) %}
{%- endmacro %}

{# The next list: from now on the new lines count. #}
{% macro note_file_loads(files_to_load) -%}
    {%- set facts = "source_file, fingerprint, lookups_fingerprint,"
        ~ " decimal_mark, thousands_mark, size_bytes, line_count,"
        ~ " modified_at_ns, future_from, first_loaded_at" -%}
    {%- set rows -%}
        select
            {{ facts }},
            {{ run_start() }} as loaded_at,
            source_file in (
                select source_file from {{ arrived_lines() }}
                where rejection_reason = 'time_in_future'
            ) as has_lines_in_future,
            md5(source_file) as file_key,
            '{{ load_id() }}' as load_id
        from {{ files_to_load }}

        union all

        select
            {{ facts }},
            loaded_at,
            has_lines_in_future,
            file_key,
            load_id
        from {{ current_loads() }} as loads
        where source_file not in (select source_file from {{ files_to_load }})
        {%- for name in var('forget_files') %}
            and source_file <> {{ quoted_text(name) }}
        {%- endfor %}
    {%- endset -%}
    {%- set former = run_query(
        "select max(version) from " ~ file_loads()
    ).rows[0][0] -%}
    {%- set version = (former or 0) | int + 1 -%}
    {#- Spark does not let a table be read and written by one statement. -#}
    {%- set next_loads = next_of(file_loads()) -%}
    {% do adapter.execute("drop table if exists " ~ next_loads) %}
    {% do adapter.execute("create table " ~ next_loads ~ " as " ~ rows) %}
    {% do adapter.execute(
        "insert overwrite table " ~ file_loads() ~ " partition (version = "
        ~ version ~ ") select /*+ coalesce(1) */ * from " ~ next_loads
    ) %}
    {% do adapter.execute("drop table " ~ next_loads) %}
    {%- if version > 2 -%}
        {% do adapter.execute(
            "alter table " ~ file_loads() ~ " drop if exists partition"
            ~ " (version = " ~ (version - 2) ~ ")"
        ) %}
    {%- endif -%}
{%- endmacro %}
