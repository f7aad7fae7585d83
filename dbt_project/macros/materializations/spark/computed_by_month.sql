{# The same on Spark: a month is a partition, which one statement exchanges. A
   note goes before its month is touched and comes after it, so that what a
   killed run left is made again. #}
{% materialization computed_by_month, adapter='spark' %}

    {%- set target_table = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {%- set columns = get_columns_in_query(sql)
        | reject('equalto', 'visit_month') | list -%}
    {% do create_partitions_by_month(target_table, sql, columns) %}

    {%- set differences = months_that_differ(
        versions_to_build_from(config.get('versioned_by'), sql)
    ) -%}
    {%- set due = differences.due -%}
    {% call noop_statement('main', due | length ~ ' months') -%}{%- endcall %}
    {%- for month in differences.stale -%}
        {% do forget_month_built(this.identifier, month) %}
        {%- if month not in due -%}
            {% do run_query(
                "alter table " ~ target_table
                ~ " drop if exists partition (visit_month = date '"
                ~ month ~ "')"
            ) %}
        {%- endif -%}
    {%- endfor -%}
    {%- for month, version in due.items() -%}
        {% do forget_month_built(this.identifier, month) %}
        {%- set rows = sql | replace(month_start(), "date '" ~ month ~ "'") -%}
        {% do run_query(
            "insert overwrite table " ~ target_table
            ~ " partition (visit_month = date '" ~ month ~ "') select "
            ~ columns | join(', ') ~ " from (" ~ rows ~ ")"
        ) %}
        {% do run_query(note_month_built(this.identifier, month, version)) %}
    {%- endfor -%}

    {% do persist_docs(target_table, model) %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_table]}) }}

{% endmaterialization %}

{# Makes sure that the table is there with the columns of the query. #}
{% macro create_partitions_by_month(target_table, sql, columns) -%}
    {%- set existing = load_relation(this) -%}
    {%- set is_fit = false -%}
    {%- if existing is not none -%}
        {%- set there
            = adapter.get_columns_in_relation(existing)
            | map(attribute='name') | list -%}
        {%- set is_fit = not should_full_refresh()
            and there == columns + ['visit_month'] -%}
        {%- if not is_fit -%}
            {% do adapter.drop_relation(existing) %}
        {%- endif -%}
    {%- endif -%}
    {%- if not is_fit -%}
        {% do run_query(
            "alter table " ~ ops_relation('months_built')
            ~ " drop if exists partition (table_name = '"
            ~ this.identifier ~ "')"
        ) %}
        {% do run_query(
            "create table " ~ target_table
            ~ " using parquet partitioned by (visit_month) as select "
            ~ columns | join(', ') ~ ", visit_month from (" ~ sql
            ~ ") as no_rows limit 0"
        ) %}
    {%- endif -%}
{%- endmacro %}
