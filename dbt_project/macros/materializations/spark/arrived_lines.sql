{# The lines that arrived, on Spark: a table of the run. #}

{% macro spark__arrived_lines() -%}
    {{ return(core_relation('arrived_lines')) }}
{%- endmacro %}

{% macro spark__create_arrived_lines() -%}
    {% do run_query("drop table if exists " ~ arrived_lines()) %}
{%- endmacro %}

{% macro spark__count_arrived_lines(target, is_loaded) -%}
    {% do run_query(
        "create table " ~ arrived_lines() ~ " as "
        ~ counted_lines(target, is_loaded)
    ) %}
{%- endmacro %}
