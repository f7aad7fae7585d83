{# A table that is computed month by month, and only where something changed.
   What is no longer right goes; then each month comes again, in one
   transaction, from the model's query, which sees it as `month_start()` and
   `is_in_month`. So a month that is added costs what it holds, whatever is
   there already, and no step needs more memory than one month takes.

   The same transaction notes in `ops.months_built` what the month was built
   from: the version of the lines, from `core.month_versions`, the query, and
   what the months of the tables it reads were built from. A month is due where
   they differ. That holds whatever happened in between: a killed run, a file
   that was replaced or forgotten, another setting, another version of the
   model, of such a table before it or of a view between them. A table that also
   reads earlier months is computed anew from the first month that changed
   (`versioned_by: history_version`).

   A model that looks back at what each user did before computes the users of a
   large month in batches, one range of ids after the other
   (`batches: computed`):
   what is known of all of them at once does not fit in memory. It reads the
   users that `is_in_batch` names. What it looks back at stands in the order of
   the batches (`batches: stored`, `place_on_disk`), so that each batch skips
   what the others read. #}
{% materialization computed_by_month, adapter='duckdb' %}

    {%- set target_table = this.incorporate(type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {% do create_by_month(target_table, sql) %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set differences = months_that_differ(
        versions_to_build_from(config.get('versioned_by'), sql)
    ) -%}
    {%- set due = differences.due -%}
    {%- if not due and not differences.stale -%}
        {#- dbt asks for one statement of this name. -#}
        {% call noop_statement('main', 'nothing changed') -%}{%- endcall %}
    {%- endif -%}
    {%- if differences.stale -%}
    {% call statement('main', auto_begin=True) -%}
        {%- set is_stale = "visit_month in (date '"
            ~ differences.stale | join("', date '") ~ "')" -%}
        delete from {{ target_table }} where {{ is_stale }};
        {{ forget_months_built(this.identifier, is_stale) }}
    {%- endcall %}
    {% do adapter.commit() %}
    {%- endif -%}
    {%- for month, version in due.items() -%}
        {#- Nearly always nothing is there: rows without a note, if somebody
            lost the notes. -#}
        {% call statement('main', auto_begin=True) -%}
            delete from {{ target_table }}
            where visit_month = date '{{ month }}'
        {%- endcall %}
        {%- set bounds
            = batch_bounds(month) if config.get('batches') else [] -%}
        {%- set are_computed = config.get('batches') == 'computed' -%}
        {%- for first_user, last_user
            in batches_between(bounds if are_computed else []) -%}
        {% call statement('main', auto_begin=True) -%}
            set variable month_start = date '{{ month }}';
            set variable batch_bounds = {{ bounds }}::bigint[];
            {{ set_batch(first_user, last_user) }}
            insert into {{ target_table }} by name {{ sql }}
        {%- endcall %}
        {%- endfor -%}
        {% do adapter.execute(
            note_month_built(this.identifier, month, version)
        ) %}
        {% do adapter.commit() %}
    {%- endfor -%}
    {% do leave_batches() %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_table]}) }}

{% endmaterialization %}

{# Makes sure that the table is there with the columns of the query. In a
   transaction of its own: DuckDB 2.0.0 does not show a transaction the rows
   that it inserted in parallel into a table that it also created. #}
{% macro create_by_month(target_table, sql) -%}
    {%- set existing = load_relation(this) -%}
    {%- if existing is not none
        and (should_full_refresh() or has_other_columns(existing, sql)) -%}
        {% do adapter.drop_relation(existing) %}
        {%- set existing = none -%}
    {%- endif -%}
    {%- if existing is none -%}
        {% do adapter.execute(forget_months_built(this.identifier)) %}
        {% do create_empty_table(target_table, sql) %}
    {%- endif -%}
{%- endmacro %}

{% macro has_other_columns(existing, sql) -%}
    {%- if existing.type != 'table' -%}
        {{ return(true) }}
    {%- endif -%}
    {{ return(columns_of(sql) != columns_of(existing)) }}
{%- endmacro %}
