{# The sum of a count or an amount over those rows of `int_line_outcomes` for which a condition holds,
   0 where there are none. #}
{% macro total_of(column, condition='true') -%}
    coalesce(sum({{ column }}) filter (where {{ condition }}), 0)
    ::{{ 'decimal(18, 2)' if column.startswith('revenue') else 'bigint' }}
{%- endmacro %}

{# Counts or amounts under their names in one column, in the order of the names; null where there are
   none. #}
{% macro by_name(name, value, condition) -%}
    map_from_entries(
        list(({{ name }}, {{ value }}) order by {{ name }}) filter (where {{ condition }})
    )
{%- endmacro %}
