{# What Spark makes of the notes of the other engine: rows that never change. #}

{% macro spark__add_columns_of_ledger() -%}
    {{ return('') }}
{%- endmacro %}

{% macro spark__note_month_built(table_name, month, built_from) -%}
    insert overwrite table {{ ops_relation('months_built') }}
    partition (
        table_name = '{{ table_name }}', visit_month = date '{{ month }}'
    )
    select {{ built_from }}L
{%- endmacro %}

{# On Spark, before a month is touched. #}
{% macro forget_month_built(table_name, month) -%}
    {% do run_query(
        "alter table " ~ ops_relation('months_built')
        ~ " drop if exists partition (table_name = '" ~ table_name
        ~ "', visit_month = date '" ~ month ~ "')"
    ) %}
{%- endmacro %}

{# Nothing asks there. #}
{% macro spark__note_months_of_totals() -%}
    {{ return('') }}
{%- endmacro %}
