{# Bins, and how many values lie in each. #}

{# How many of the values lie in each bin, as a list. The last counts are
   missing where they are 0. #}
{% macro counts_in_bins(value, edges) -%}
    {{ return(adapter.dispatch('counts_in_bins')(value, edges)) }}
{%- endmacro %}

{% macro duckdb__counts_in_bins(value, edges) -%}
    map_values(histogram({{ value }}, {{ edges }}))
{%- endmacro %}

{# One count for each of as many bins as ten quantiles can make. #}
{% macro spark__counts_in_bins(value, edges) -%}
    array(
        {%- for bin in range(17) %}
        count_if({{ bin_of(value, edges) }} = {{ bin }})
        {{- ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# The bin of one value, from 0: the number of edges below it. #}
{% macro bin_of(value, edges) -%}
    {{ return(adapter.dispatch('bin_of')(value, edges)) }}
{%- endmacro %}

{% macro duckdb__bin_of(value, edges) -%}
    len(list_filter({{ edges }}, lambda edge: {{ value }} > edge))
{%- endmacro %}

{% macro spark__bin_of(value, edges) -%}
    size(filter({{ edges }}, edge -> {{ value }} > edge))::bigint
{%- endmacro %}

{# So many of the first values of a list, with 0 where it has no more. #}
{% macro resized(values, size) -%}
    {{ return(adapter.dispatch('resized')(values, size)) }}
{%- endmacro %}

{% macro duckdb__resized(values, size) -%}
    list_resize({{ values }}, {{ size }}, 0)
{%- endmacro %}

{% macro spark__resized(values, size) -%}
    slice(
        concat({{ values }}, array_repeat(0::bigint, {{ size }})),
        1, {{ size }}
    )
{%- endmacro %}

{% macro first_of(values, size) -%}
    {{ return(adapter.dispatch('first_of')(values, size)) }}
{%- endmacro %}

{% macro duckdb__first_of(values, size) -%}
    list_slice({{ values }}, 1, {{ size }})
{%- endmacro %}

{% macro spark__first_of(values, size) -%}
    slice({{ values }}, 1, {{ size }})
{%- endmacro %}
