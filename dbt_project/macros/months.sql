{# What is computed month by month. #}

{# The month that `computed_by_month` computes at the moment: its first day, and that of the next. #}
{% macro month_start() -%}
    getvariable('month_start')::date
{%- endmacro %}

{% macro month_end() -%}
    (getvariable('month_start')::date + interval 1 month)
{%- endmacro %}

{# What the rows of this month are built from, to be noted beside each of them. #}
{% macro built_from() -%}
    getvariable('built_from')::ubigint
{%- endmacro %}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='core', identifier=name)) }}
{%- endmacro %}
