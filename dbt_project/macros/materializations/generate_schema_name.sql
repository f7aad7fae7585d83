{# Schemas are named exactly as configured, so that people can type
   `marts.user_segments`. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
