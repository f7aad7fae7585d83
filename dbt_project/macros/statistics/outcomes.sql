{# The sum of a count or an amount over those rows of `int_line_outcomes` for
   which a condition holds, 0 where there are none. #}
{% macro total_of(column, condition='true') -%}
    coalesce(sum({{ column }}) filter (where {{ condition }}), 0)
    ::{{ 'decimal(18, 2)' if column.startswith('revenue') else 'bigint' }}
{%- endmacro %}
