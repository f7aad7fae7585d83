{# Tables built beside the ones that they replace. dbt-spark drops the old table
   first: whoever reads it meanwhile, or a model that keeps its own rows, such
   as `trained_segments`, would find none. #}
{% materialization table,
    adapter='spark', supported_languages=['sql', 'python'] %}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set next_table = next_of(target_table) -%}
    {% do mend_exchange(target_table) %}
    {{ run_hooks(pre_hooks) }}

    {%- do run_query("drop table if exists " ~ next_table) -%}
    {%- call statement('main', language=model.language) -%}
        {{ create_table_as(
            false, next_table, compiled_code, model.language
        ) }}
    {%- endcall -%}
    {%- set existing = load_relation(this) -%}
    {%- if existing is not none -%}
        {%- do run_query("drop " ~ existing.type ~ " " ~ existing) -%}
    {%- endif -%}
    {%- do run_query(
        "alter table " ~ next_table ~ " rename to " ~ target_table
    ) -%}
    {%- do persist_docs(target_table, model) -%}

    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_table]}) }}
{% endmaterialization %}
