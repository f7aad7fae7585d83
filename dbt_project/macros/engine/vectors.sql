{# Arithmetic of lists of numbers. Sums of doubles are taken in the order of the
   list, on both engines. #}

{% macro sum_of(values) -%}
    {{ return(adapter.dispatch('sum_of')(values)) }}
{%- endmacro %}

{% macro duckdb__sum_of(values) -%}
    list_sum({{ values }})
{%- endmacro %}

{% macro spark__sum_of(values) -%}
    aggregate({{ values }}, 0::double, (total, term) -> total + term)
{%- endmacro %}

{% macro dot_product(first, second) -%}
    {{ return(adapter.dispatch('dot_product')(first, second)) }}
{%- endmacro %}

{% macro duckdb__dot_product(first, second) -%}
    list_dot_product({{ first }}, {{ second }})
{%- endmacro %}

{% macro spark__dot_product(first, second) -%}
    {{ sum_of('zip_with(' ~ first ~ ', ' ~ second ~ ', (a, b) -> a * b)') }}
{%- endmacro %}

{% macro distance(first, second) -%}
    {{ return(adapter.dispatch('distance')(first, second)) }}
{%- endmacro %}

{% macro duckdb__distance(first, second) -%}
    list_distance({{ first }}, {{ second }})
{%- endmacro %}

{% macro spark__distance(first, second) -%}
    sqrt({{ sum_of(
        'zip_with(' ~ first ~ ', ' ~ second
        ~ ', (a, b) -> (a - b) * (a - b))'
    ) }})
{%- endmacro %}

{# Coordinates on the model's principal components. The mean of the components
   is folded into the centroids, so that this is a matrix product and nothing
   else. #}
{% macro project(scaled, components) -%}
    {{ each_of(components, 'component', dot_product(scaled, 'component')) }}
{%- endmacro %}

{# The first two of a list in ascending order; of records, by their fields in
   turn. #}
{% macro lowest_two(values) -%}
    {{ return(adapter.dispatch('lowest_two')(values)) }}
{%- endmacro %}

{% macro duckdb__lowest_two(values) -%}
    list_sort({{ values }})[1:2]
{%- endmacro %}

{% macro spark__lowest_two(values) -%}
    slice(array_sort({{ values }}), 1, 2)
{%- endmacro %}

{# The distinct values of two aggregated columns that are not null, as one list
   in ascending order. #}
{% macro distinct_values_of(first, second) -%}
    {{ return(adapter.dispatch('distinct_values_of')(first, second)) }}
{%- endmacro %}

{% macro duckdb__distinct_values_of(first, second) -%}
    coalesce(list_sort(list_distinct(list_filter(
        list_concat(list({{ first }}), list({{ second }})),
        lambda edge: edge is not null
    ))), [])
{%- endmacro %}

{# `collect_list` leaves nulls out. #}
{% macro spark__distinct_values_of(first, second) -%}
    array_sort(array_distinct(concat(
        collect_list({{ first }}), collect_list({{ second }})
    )))
{%- endmacro %}
