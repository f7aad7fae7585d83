{# Contracts on Spark: the types that YAML promises, in the words of DuckDB, as
   Spark calls them. #}

{% macro spark__get_empty_schema_sql(columns) %}
    select
    {%- for column in columns.values() %}
        cast(null as {{ type_on_spark(column.data_type) }})
            as {{ adapter.quote(column.name) }}
        {{- ',' if not loop.last }}
    {%- endfor %}
{% endmacro %}

{# `double[][]` is an array of arrays, `struct(k integer)` is `struct<k: int>`.
   Nothing is nested deeper than lists of structs of plain types. #}
{% macro type_on_spark(type) -%}
    {%- set type = type | replace('"', '') -%}
    {%- if type.endswith('[]') -%}
        {{ return('array<' ~ type_on_spark(type[:-2]) ~ '>') }}
    {%- elif type.startswith('struct(') -%}
        {%- set fields = [] -%}
        {%- for field in type[7:-1].split(', ') -%}
            {%- set name, field_type = field.split(' ') -%}
            {%- do fields.append(name ~ ': ' ~ type_on_spark(field_type)) -%}
        {%- endfor -%}
        {{ return('struct<' ~ fields | join(', ') ~ '>') }}
    {%- endif -%}
    {{ return({'varchar': 'string', 'text': 'string'}.get(type, type)) }}
{%- endmacro %}

{# Columns by the same answer that a contract is held against; dbt would run a
   query without rows. #}
{% macro spark__get_columns_in_query(select_sql) -%}
    {{ return(
        adapter.get_column_schema_from_query(select_sql)
        | map(attribute='name') | list
    ) }}
{%- endmacro %}

{# A list in the rows of a unit test, which dbt would write as Python does. #}
{% macro spark__safe_cast(field, type) -%}
    {%- if field is sequence and field is not string -%}
        {%- set field = list_of(field) -%}
    {%- endif -%}
    cast({{ field }} as {{ type }})
{%- endmacro %}
