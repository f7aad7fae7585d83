{# Aggregates: lists, maps, a median. #}

{# An aggregate: values as a list, in the order of another expression. #}
{% macro in_order(value, order, condition=none) -%}
    {{ return(adapter.dispatch('in_order')(value, order, condition)) }}
{%- endmacro %}

{% macro duckdb__in_order(value, order, condition) -%}
    list({{ value }} order by {{ order }}) {{ only_where(condition) }}
{%- endmacro %}

{% macro spark__in_order(value, order, condition) -%}
    transform(
        array_sort(collect_list(named_struct(
            'place', {{ order }}, 'value', {{ value }}
        )) {{ only_where(condition) }}),
        entry -> entry.value
    )
{%- endmacro %}

{% macro only_where(condition) -%}
    {{ 'filter (where ' ~ condition ~ ')' if condition }}
{%- endmacro %}

{# Counts or amounts under their names in one column, in the order of the names;
   null where there are none. #}
{% macro by_name(name, value, condition) -%}
    {{ return(adapter.dispatch('by_name')(name, value, condition)) }}
{%- endmacro %}

{% macro duckdb__by_name(name, value, condition) -%}
    map_from_entries(
        list(({{ name }}, {{ value }}) order by {{ name }})
            filter (where {{ condition }})
    )
{%- endmacro %}

{% macro spark__by_name(name, value, condition) -%}
    map_from_entries(nullif(
        array_sort(
            array_agg(struct({{ name }}, {{ value }}))
                filter (where {{ condition }})
        ),
        array()
    ))
{%- endmacro %}

{# An aggregate: values in the order of another column, as JSON. #}
{% macro list_as_json(value, order) -%}
    {{ return(adapter.dispatch('list_as_json')(value, order)) }}
{%- endmacro %}

{% macro duckdb__list_as_json(value, order) -%}
    to_json(list({{ value }} order by {{ order }}))::text
{%- endmacro %}

{% macro spark__list_as_json(value, order) -%}
    to_json(transform(
        array_sort(array_agg(struct({{ order }}, {{ value }} as value))),
        entry -> entry.value
    ))
{%- endmacro %}

{# An aggregate: the rows of a relation as a list, in the order of its
   columns. #}
{% macro list_of_rows(relation, columns) -%}
    {{ return(adapter.dispatch('list_of_rows')(relation, columns)) }}
{%- endmacro %}

{% macro duckdb__list_of_rows(relation, columns) -%}
    list({{ relation }} order by {{ relation }})
{%- endmacro %}

{% macro spark__list_of_rows(relation, columns) -%}
    array_sort(array_agg(struct(
        {%- for column in columns -%}
        {{ relation }}.{{ column }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    )))
{%- endmacro %}

{# The median of a window, before its `over`: Spark's own takes no frame. #}
{% macro median_of_window(numbers) -%}
    {{ return(adapter.dispatch('median_of_window')(numbers)) }}
{%- endmacro %}

{% macro duckdb__median_of_window(numbers) -%}
    median({{ numbers }})
{%- endmacro %}

{% macro spark__median_of_window(numbers) -%}
    percentile({{ numbers }}, 0.5)
{%- endmacro %}
