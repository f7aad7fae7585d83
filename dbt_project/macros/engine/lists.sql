{# Lists and maps: vectors of features, bins, quantiles. #}

{% macro list_of_columns(users, columns) -%}
    [
        {%- for column in columns %}
        {{ users }}.{{ column }}::double
        {{- ',' if not loop.last }}
        {%- endfor %}
    ]
{%- endmacro %}

{# How many of the values lie in each bin, as a list. The last count is missing
   where it is 0. #}
{% macro counts_in_bins(value, edges) -%}
    map_values(histogram({{ value }}, {{ edges }}))
{%- endmacro %}

{# The bin of one value, from 0: the number of edges below it. #}
{% macro bin_of(value, edges) -%}
    len(list_filter({{ edges }}, lambda edge: {{ value }} > edge))
{%- endmacro %}

{# The 10 %, 50 % and 90 % quantiles of a feature, at once: each aggregate of
   its own would hold all values in memory again. #}
{% macro quantiles(feature) -%}
    quantile_cont({{ feature }}, [0.1, 0.5, 0.9])
{%- endmacro %}

{# Counts or amounts under their names in one column, in the order of the names;
   null where there are none. #}
{% macro by_name(name, value, condition) -%}
    map_from_entries(
        list(({{ name }}, {{ value }}) order by {{ name }})
            filter (where {{ condition }})
    )
{%- endmacro %}

{# Coordinates on the model's principal components. The mean of the components
   is folded into the centroids, so that this is a matrix product and nothing
   else. #}
{% macro project(scaled, components) -%}
    list_transform(
        {{ components }},
        lambda component: list_dot_product({{ scaled }}, component)
    )
{%- endmacro %}
