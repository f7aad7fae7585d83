{# Lists. Places count from 1. #}

{% macro list_of(values) -%}
    {{ return(adapter.dispatch('list_of')(values)) }}
{%- endmacro %}

{% macro duckdb__list_of(values) -%}
    [{{ values | join(', ') }}]
{%- endmacro %}

{% macro spark__list_of(values) -%}
    array({{ values | join(', ') }})
{%- endmacro %}

{# Texts of settings as a list. #}
{% macro list_of_texts(texts) -%}
    {%- set quoted = [] -%}
    {%- for text in texts -%}
        {%- do quoted.append(quoted_text(text)) -%}
    {%- endfor -%}
    {{ return(list_of(quoted)) }}
{%- endmacro %}

{# Columns of `users` as a list of doubles. #}
{% macro list_of_columns(users, columns) -%}
    {%- set values = [] -%}
    {%- for column in columns -%}
        {%- do values.append(users ~ '.' ~ column ~ '::double') -%}
    {%- endfor -%}
    {{ return(list_of(values)) }}
{%- endmacro %}

{# The value at a place of a list, null where there is none. #}
{% macro item_of(values, place) -%}
    {{ return(adapter.dispatch('item_of')(values, place)) }}
{%- endmacro %}

{% macro duckdb__item_of(values, place) -%}
    {{ values }}[{{ place }}]
{%- endmacro %}

{% macro spark__item_of(values, place) -%}
    try_element_at({{ values }}, ({{ place }})::integer)
{%- endmacro %}

{# The place of a value in a list. #}
{% macro place_in(values, value) -%}
    {{ return(adapter.dispatch('place_in')(values, value)) }}
{%- endmacro %}

{% macro duckdb__place_in(values, value) -%}
    list_position({{ values }}, {{ value }})
{%- endmacro %}

{% macro spark__place_in(values, value) -%}
    nullif(array_position({{ values }}, {{ value }}), 0)
{%- endmacro %}

{# How many items a list has. #}
{% macro size_of(list) -%}
    {{ return(adapter.dispatch('size_of')(list)) }}
{%- endmacro %}

{% macro duckdb__size_of(list) -%}
    len({{ list }})
{%- endmacro %}

{% macro spark__size_of(list) -%}
    array_size({{ list }})
{%- endmacro %}

{# A row for each item of a list; alone in its select list. #}
{% macro rows_of(list) -%}
    {{ return(adapter.dispatch('rows_of')(list)) }}
{%- endmacro %}

{% macro duckdb__rows_of(list) -%}
    unnest({{ list }})
{%- endmacro %}

{% macro spark__rows_of(list) -%}
    explode({{ list }})
{%- endmacro %}
