{# Whole numbers. #}

{# How often a divisor is contained in a dividend, both whole numbers. #}
{% macro whole_division(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_division')(dividend, divisor)) }}
{%- endmacro %}

{% macro duckdb__whole_division(dividend, divisor) -%}
    {{ dividend }} // {{ divisor }}
{%- endmacro %}

{% macro spark__whole_division(dividend, divisor) -%}
    {{ dividend }} div {{ divisor }}
{%- endmacro %}
