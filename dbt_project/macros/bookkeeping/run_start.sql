{# When this run began (UTC). For the record only: nothing is computed from
   it. #}
{% macro run_start() -%}
    {%- set start = run_started_at.strftime('%Y-%m-%d %H:%M:%S')
        if run_started_at else '1970-01-01 00:00:00' -%}
    timestamp '{{ start }}'
{%- endmacro %}
