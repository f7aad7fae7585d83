{# A table that is computed month by month, and only where something changed. What is no longer right
   goes; then each month comes again, in one transaction, from the model's query, which sees it as
   `month_start()` and `is_in_month`. So a month that is added costs what it holds, whatever is there
   already, and no step needs more memory than one month takes.

   The same transaction notes in `ops.months_built` what the month was built from: the version of the
   lines, from `core.month_versions`, the query, and what the months of the tables it reads were built
   from. A month is due where they differ. That holds whatever happened in between: a killed run, a file
   that was replaced or forgotten, another setting, another version of the model, of such a table before
   it or of a view between them. A table that also reads earlier months is computed anew from the first month that changed
   (`versioned_by: history_version`).

   A model that looks back at what each user did before computes the users of a large month in parts,
   one range of ids after the other (`parts: computed`): what is known of all of them at once does not
   fit in memory. It reads the users that `is_in_part` names. What it looks back at stands in the order
   of the parts (`parts: stored`, `place_on_disk`), so that each part skips what the others read. #}
{% materialization computed_by_month, adapter='duckdb' %}

    {%- set target_table = this.incorporate(type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {% do create_by_month(target_table, sql) %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set versions = versions_to_build_from(config.get('versioned_by'), sql) -%}
    {%- set differences = months_that_differ(versions) -%}
    {%- set due = differences.due -%}
    {%- if not due and not differences.stale -%}
        {#- dbt asks for one statement of this name. -#}
        {% call noop_statement('main', 'nothing changed') -%}{%- endcall %}
    {%- endif -%}
    {%- if differences.stale -%}
    {% call statement('main', auto_begin=True) -%}
        {%- set is_stale = "visit_month in (date '" ~ differences.stale | join("', date '") ~ "')" -%}
        delete from {{ target_table }} where {{ is_stale }};
        {{ forget_months_built(this.identifier, is_stale) }}
    {%- endcall %}
    {% do adapter.commit() %}
    {%- endif -%}
    {%- for month, version in due.items() -%}
        {#- Nearly always nothing is there: rows without a note, if somebody lost the notes. -#}
        {% call statement('main', auto_begin=True) -%}
            delete from {{ target_table }} where visit_month = date '{{ month }}'
        {%- endcall %}
        {%- set bounds = part_bounds(month) if config.get('parts') else [] -%}
        {%- for first_user, last_user in parts_between(bounds if config.get('parts') == 'computed' else []) -%}
        {% call statement('main', auto_begin=True) -%}
            set variable month_start = date '{{ month }}';
            set variable part_bounds = {{ bounds }}::bigint[];
            {{ set_part(first_user, last_user) }}
            insert into {{ target_table }} by name {{ sql }}
        {%- endcall %}
        {%- endfor -%}
        {% do run_query(note_month_built(this.identifier, month, version)) %}
        {% do adapter.commit() %}
    {%- endfor -%}
    {% do leave_parts() %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_table]}) }}

{% endmaterialization %}

{# Makes sure that the table is there with the columns of the query. In a transaction of its own:
   DuckDB 2.0.0 does not show a transaction the rows that it inserted in parallel into a table that it
   also created. #}
{% macro create_by_month(target_table, sql) -%}
    {%- set existing = load_relation(this) -%}
    {%- if existing is not none and (should_full_refresh() or has_other_columns(existing, sql)) -%}
        {% do adapter.drop_relation(existing) %}
        {%- set existing = none -%}
    {%- endif -%}
    {%- if existing is none -%}
        {% do run_query(forget_months_built(this.identifier)) %}
    {%- endif -%}
    {% do run_query(
        "create table if not exists " ~ target_table ~ " as select * from (" ~ sql ~ ") as no_rows limit 0"
    ) %}
{%- endmacro %}

{% macro has_other_columns(existing, sql) -%}
    {%- if existing.type != 'table' -%}
        {{ return(true) }}
    {%- endif -%}
    {%- set columns = "select column_name, column_type from (describe " -%}
    {%- set wanted = run_query(columns ~ sql ~ ")").rows | map('list') | list -%}
    {%- set found = run_query(columns ~ existing ~ ")").rows | map('list') | list -%}
    {{ return(wanted != found) }}
{%- endmacro %}

{# What each month is to be built from. The name of the warehouse is no part of what is computed. #}
{% macro versions_to_build_from(version, sql) -%}
    {%- set query_hash = local_md5(
        sql | replace('"' ~ target.database ~ '".', '') ~ views_before(model)
    ) -%}
    with tables_read as (

        select * from {{ source('ops', 'months_built') }}
        where table_name in ('{{ tables_by_month_before(model) | join("', '") }}')

    )

    select
        versions.visit_month,
        hash(
            versions.{{ version }},
            '{{ query_hash }}',
            list(tables_read order by tables_read)
        ) as built_from
    from {{ ref('month_versions') }} as versions
    left join tables_read
        on tables_read.visit_month {{ '<=' if version == 'history_version' else '=' }} versions.visit_month
    group by versions.visit_month, versions.{{ version }}
{%- endmacro %}

{# The tables of this materialization that a model reads, directly or through views, by name. #}
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

{# The text of the views through which a model reads these tables and `event_lines`. #}
{% macro views_before(node) -%}
    {%- set texts = [] -%}
    {%- for parent in node.depends_on.nodes | sort if parent in graph.nodes -%}
        {%- if graph.nodes[parent].config.materialized == 'view' -%}
            {%- do texts.append(graph.nodes[parent].raw_code ~ views_before(graph.nodes[parent])) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(texts | join) }}
{%- endmacro %}

{# `due`: the months that are due in this table, in their order, with what they are to be built from.
   `stale`: the months of which the table holds what is no longer right. #}
{% macro months_that_differ(versions) -%}
    {%- set due = {} -%}
    {%- set stale = [] -%}
    {%- set query -%}
        select
            strftime(versions.visit_month, '%Y-%m-%d') as due_month,
            versions.built_from::text as built_from,
            strftime(built.visit_month, '%Y-%m-%d') as stale_month
        from ({{ versions }}) as versions
        full join (from {{ source('ops', 'months_built') }} where table_name = '{{ this.identifier }}') as built
            on versions.visit_month = built.visit_month and versions.built_from = built.built_from
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
