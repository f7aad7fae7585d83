{# Counts under their names in one column, in the order of the names. #}
{% macro counts_by_name(name, line_count) -%}
    map_from_entries(list(({{ name }}, {{ line_count }}) order by {{ name }}))
{%- endmacro %}
