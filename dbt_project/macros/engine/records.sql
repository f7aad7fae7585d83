{# Records, which have named fields, and expressions of each item of a list. #}

{# Names and expressions as one value. #}
{% macro record(fields) -%}
    {{ return(adapter.dispatch('record')(fields)) }}
{%- endmacro %}

{% macro duckdb__record(fields) -%}
    {
        {%- for name, value in fields.items() %}
        '{{ name }}': {{ value }}{{ ',' if not loop.last }}
        {%- endfor %}
    }
{%- endmacro %}

{% macro spark__record(fields) -%}
    named_struct(
        {%- for name, value in fields.items() %}
        '{{ name }}', {{ value }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# An expression of each value of a list, which it calls by `name`. #}
{% macro each_of(values, name, expression) -%}
    {{ return(adapter.dispatch('each_of')(values, name, expression)) }}
{%- endmacro %}

{% macro duckdb__each_of(values, name, expression) -%}
    list_transform({{ values }}, lambda {{ name }}: {{ expression }})
{%- endmacro %}

{% macro spark__each_of(values, name, expression) -%}
    transform({{ values }}, {{ name }} -> {{ expression }})
{%- endmacro %}
