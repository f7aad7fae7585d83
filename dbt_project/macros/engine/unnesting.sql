{# Lists as rows. #}

{# The whole numbers from 1 to the last, as a list. #}
{% macro numbers_to(last) -%}
    {{ return(adapter.dispatch('numbers_to')(last)) }}
{%- endmacro %}

{% macro duckdb__numbers_to(last) -%}
    generate_series(1, {{ last }})
{%- endmacro %}

{% macro spark__numbers_to(last) -%}
    sequence(1::bigint, ({{ last }})::bigint)
{%- endmacro %}

{# Lists of one length as columns of these names, one row per place. #}
{% macro rows_of_lists(columns) -%}
    {{ return(adapter.dispatch('rows_of_lists')(columns)) }}
{%- endmacro %}

{% macro duckdb__rows_of_lists(columns) -%}
    {%- for name, values in columns.items() %}
    unnest({{ values }}) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro spark__rows_of_lists(columns) -%}
    inline(arrays_zip({{ columns.values() | join(', ') }}))
        as ({{ columns.keys() | join(', ') }})
{%- endmacro %}

{# A list of records as rows of their fields. #}
{% macro rows_of_records(records) -%}
    {{ return(adapter.dispatch('rows_of_records')(records)) }}
{%- endmacro %}

{% macro duckdb__rows_of_records(records) -%}
    unnest({{ records }}, recursive := true)
{%- endmacro %}

{% macro spark__rows_of_records(records) -%}
    inline({{ records }})
{%- endmacro %}
