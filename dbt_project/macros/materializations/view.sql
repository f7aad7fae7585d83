{# A view that takes the place of the former one in one statement. dbt's own materialization makes it
   under another name, renames both and drops the former: three macros in a context of their own for a
   view that takes a millisecond. #}
{% materialization view, adapter='duckdb' -%}

    {%- set existing = load_cached_relation(this) -%}
    {%- set target_view = this.incorporate(type='view') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- if existing is not none and existing.type != 'view' -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {% call statement('main') -%}
        {{ get_create_view_as_sql(target_view, sql) }}
    {%- endcall %}
    {% do persist_docs(target_view, model) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_view]}) }}

{%- endmaterialization %}


{% macro duckdb__create_view_as(relation, sql) -%}
    {%- if config.get('contract').enforced -%}
        {{ get_assert_columns_equivalent(sql) }}
    {%- endif %}
    create or replace view {{ relation }} as (
        {{ sql }}
    )
{%- endmacro %}
