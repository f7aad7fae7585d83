{# What runs note for the next one stands in the schema `ops`, described as the
   source `ops`. Each table has one owner, the file of macros with its name;
   what Python writes is told there. #}

{# Makes these tables at the start of every command of dbt that writes, before
   any thread asks for one. Earlier versions kept them in `core`: what is there
   is moved, and until it is dropped, it is what counts. #}
{% macro make_bookkeeping() -%}
    {{ return(adapter.dispatch('make_bookkeeping')()) }}
{%- endmacro %}

{% macro duckdb__make_bookkeeping() -%}
    create schema if not exists ops;
    {{ create_event_lines_by_day() }};
    {{ create_months_built() }};
    {{ create_features_state() }};
    {{ create_reports_written() }};
    {{ create_scoring_queries() }};
    {{ create_campaigns() }};
    {{ create_privacy_tables() }};
    {%- for name in [
        'event_lines_by_day', 'months_built', 'features_state',
        'reports_written',
    ] if is_table('core', name) %}
    delete from {{ ops_relation(name) }};
    insert into {{ ops_relation(name) }} by name
    select
        *{{ ", state <> 'outdated' as is_whole" if name == 'features_state' }}
    from {{ core_relation(name) }};
    drop table {{ core_relation(name) }};
    {%- endfor %}
    {%- if is_table('marts', 'run_ledger', column='hole_count') %}
    alter table marts.run_ledger rename hole_count to gap_count;
    {%- endif %}
{%- endmacro %}

{# Whether such a table, no view, is there now, and has such a column. dbt's own
   answer comes from a cache that knows no table which a statement of this run
   has made. #}
{% macro is_table(schema, name, column=none) -%}
    {%- if not execute -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(adapter.dispatch('is_table')(schema, name, column)) }}
{%- endmacro %}

{% macro duckdb__is_table(schema, name, column) -%}
    {%- set found = run_query(
        "select 1 from duckdb_tables()"
        ~ (
            " inner join duckdb_columns()"
            ~ " using (database_name, schema_name, table_name)"
            if column else ""
        )
        ~ " where database_name = '" ~ target.database
        ~ "' and schema_name = '" ~ schema ~ "' and table_name = '" ~ name ~ "'"
        ~ (" and column_name = '" ~ column ~ "'" if column else "")
    ) -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}

{# There, a view is one too, and no earlier version had other columns. #}
{% macro spark__is_table(schema, name, column) -%}
    {%- if not run_query("show schemas like '" ~ schema ~ "'").rows -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set found
        = run_query("show tables in " ~ schema ~ " like '" ~ name ~ "'") -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}

{# One of these tables, whole: what `--empty` makes of a source cannot be
   written to, and models that lose their notes would forget what they hold. #}
{% macro ops_relation(name) -%}
    {%- set relation = source('ops', name) -%}
    {{ return(relation.render() if execute else relation) }}
{%- endmacro %}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(
        database=target.database or none, schema='core', identifier=name
    )) }}
{%- endmacro %}
