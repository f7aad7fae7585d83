{# The sum of the values of a map, exactly: counts or money. #}
{% macro sum_of_values(map) -%}
    {{ return(adapter.dispatch('sum_of_values')(map)) }}
{%- endmacro %}

{% macro duckdb__sum_of_values(map) -%}
    list_sum(map_values({{ map }}))
{%- endmacro %}

{% macro spark__sum_of_values(map) -%}
    aggregate(
        map_values({{ map }}), 0::decimal(38, 2),
        (total, value) -> (total + coalesce(value, 0))::decimal(38, 2)
    )
{%- endmacro %}
