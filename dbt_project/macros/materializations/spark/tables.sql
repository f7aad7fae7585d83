{# Tables that change by being written anew as a whole: Parquet knows no update
   and no delete. For what is small, or made from the beginning anyway. #}

{# A table of which rows are exchanged by their key: those of the query come in
   the place of all others that have one of their keys. Without a key, they come
   to the others. #}
{% materialization incremental, adapter='spark' -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {% do mend_exchange(target_table) %}
    {{ run_hooks(pre_hooks) }}

    {%- set key = config.get('unique_key') -%}
    {%- set columns = get_columns_in_query(sql) -%}
    {%- set there = adapter.get_columns_in_relation(target_table)
        | map(attribute='name') | list if is_incremental() else [] -%}
    {% call noop_statement('main', 'exchanged') -%}{%- endcall %}
    {% do run_query(
        "create or replace temporary view new_rows as " ~ sql
    ) %}
    {%- set rows -%}
        select {{ columns | join(', ') }} from new_rows
        {%- if is_incremental() %}
        union all
        select
            {%- for column in columns %}
            {{ column if column in there else 'null' }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from {{ this }}
        {%- if key %}
        where {{ key }} not in (select {{ key }} from new_rows)
        {%- endif %}
        {%- endif %}
    {%- endset -%}
    {% do exchange_rows(target_table, rows) %}
    {% do persist_docs(target_table, model) %}

    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

{# Spark spreads users over its tasks by itself. #}
{% materialization table_by_users, adapter='spark' %}
    {{ return(materialization_table_spark()) }}
{% endmaterialization %}

{# A table anew with the rows of a query, which may read it. They gather in a
   table of another name, which then takes its place. #}
{% macro exchange_rows(table, rows) -%}
    {%- set next_table = next_of(table) -%}
    {% do run_query("drop table if exists " ~ next_table) %}
    {% do run_query(
        "create table " ~ next_table ~ " using parquet as " ~ rows
    ) %}
    {% do run_query("drop table if exists " ~ table) %}
    {% do run_query("alter table " ~ next_table ~ " rename to " ~ table) %}
{%- endmacro %}

{# A run that was killed between the last two statements left the rows under
   the other name, whole. #}
{% macro mend_exchange(table) -%}
    {%- if load_relation(next_of(table)) is not none
        and load_relation(table) is none -%}
        {% do run_query(
            "alter table " ~ next_of(table) ~ " rename to " ~ table
        ) %}
    {%- endif -%}
{%- endmacro %}

{% macro next_of(table) -%}
    {{ return(api.Relation.create(
        schema=table.schema, identifier=table.identifier ~ '__next'
    )) }}
{%- endmacro %}
