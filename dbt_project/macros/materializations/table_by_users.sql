{# A table with rows of users that is made one range of ids after the other: to
   group all of them at once takes half a gigabyte for a million, most of which
   DuckDB cannot move to the disk (medians are lists until the end). The model's
   query takes the users that `is_in_batch` names.

   The rows gather in a table of another name, which takes the place of the
   former one, and is noted by the hooks, in one transaction. A killed run
   leaves it, and the next one drops it. #}
{% materialization table_by_users, adapter='duckdb' %}

    {%- set target_table = this.incorporate(type='table') -%}
    {%- set new_table = make_intermediate_relation(target_table) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {% do adapter.execute("drop table if exists " ~ new_table) %}
    {#- With its contract: `warn_unsupported: false` tells dbt, which cannot
        know, that it is kept. -#}
    {% do get_assert_columns_equivalent(sql) %}
    {% do adapter.execute(
        "create table " ~ new_table ~ get_table_columns_and_constraints()
    ) %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- for first_user, last_user in batches_between(bounds_of_all_users()) -%}
    {% call statement('main', auto_begin=True) -%}
        {{ set_batch(first_user, last_user) }}
        insert into {{ new_table }} by name {{ sql }}
    {%- endcall %}
    {% do adapter.commit() %}
    {%- endfor -%}
    {% do leave_batches() %}

    {%- set former = load_relation(this) -%}
    {% call statement('swap', auto_begin=True) -%}
        drop {{ former.type if former else 'table' }}
            if exists {{ target_table }};
        alter table {{ new_table }} rename to {{ target_table.identifier }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_table]}) }}

{% endmaterialization %}
