{# What each month is to be built from. The name of the warehouse is no part of
   what is computed. #}
{% macro versions_to_build_from(version, sql) -%}
    {%- set query_hash = local_md5(
        sql | replace('"' ~ (target.database or '') ~ '".', '')
        ~ views_before(model)
    ) -%}
    {%- set tables = tables_by_month_before(model) -%}
    {%- set reach = '<=' if version == 'history_version' else '=' -%}
    with tables_read as (

        select * from {{ ops_relation('months_built') }}
        where table_name in ({{ "'" ~ tables | join("', '") ~ "'" }})

    )

    select
        versions.visit_month,
        {{ hash_of([
            'versions.' ~ version, "'" ~ query_hash ~ "'",
            list_of_rows('tables_read', [
                'table_name', 'visit_month', 'built_from',
            ]),
        ]) }} as built_from
    from {{ ref('month_versions') }} as versions
    left join tables_read
        on tables_read.visit_month {{ reach }} versions.visit_month
    group by versions.visit_month, versions.{{ version }}
{%- endmacro %}

{# The tables of this materialization that a model reads, directly or through
   views, by name. #}
{% macro tables_by_month_before(node) -%}
    {%- set tables = [] -%}
    {%- for parent in node.depends_on.nodes if parent in graph.nodes -%}
        {%- set parent_node = graph.nodes[parent] -%}
        {%- if parent_node.config.materialized == 'computed_by_month' -%}
            {%- do tables.append(parent_node.name) -%}
        {%- elif parent_node.config.materialized == 'view' -%}
            {%- do tables.extend(tables_by_month_before(parent_node)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(tables | unique | sort) }}
{%- endmacro %}

{# The text of the views through which a model reads these tables and
   `event_lines`. #}
{% macro views_before(node) -%}
    {%- set texts = [] -%}
    {%- for parent in node.depends_on.nodes | sort if parent in graph.nodes -%}
        {%- set parent_node = graph.nodes[parent] -%}
        {%- if parent_node.config.materialized == 'view' -%}
            {%- do texts.append(parent_node.raw_code) -%}
            {%- do texts.append(views_before(parent_node)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(texts | join) }}
{%- endmacro %}

{# `due`: the months that are due in this table, in their order, with what they
   are to be built from. `stale`: the months of which the table holds what is no
   longer right. #}
{% macro months_that_differ(versions, table_name=this.identifier) -%}
    {%- set due = {} -%}
    {%- set stale = [] -%}
    {%- set query -%}
        select
            versions.visit_month::string as due_month,
            versions.built_from::string as built_from,
            built.visit_month::string as stale_month
        from ({{ versions }}) as versions
        full join (
            select * from {{ ops_relation('months_built') }}
            where table_name = '{{ table_name }}'
        ) as built
            on
                versions.visit_month = built.visit_month
                and versions.built_from = built.built_from
        where versions.visit_month is null or built.visit_month is null
        order by due_month, stale_month
    {%- endset -%}
    {%- for row in run_query(query).rows -%}
        {%- if row[0] -%}
            {%- do due.update({row[0]: row[1]}) -%}
        {%- else -%}
            {%- do stale.append(row[2]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'due': due, 'stale': stale}) }}
{%- endmacro %}
