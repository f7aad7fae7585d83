{# Relations that no model makes. #}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='core', identifier=name)) }}
{%- endmacro %}

{# Whether such a table, no view, is there now. dbt's own answer comes from a cache that knows no table which a statement
   of this run has made. #}
{% macro is_in_core(name) -%}
    {%- set found = run_query(
        "select 1 from duckdb_tables() where database_name = '" ~ target.database
        ~ "' and schema_name = 'core' and table_name = '" ~ name ~ "'"
    ) -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}
