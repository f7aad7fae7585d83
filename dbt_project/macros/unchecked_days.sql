{# Data tests that read every event look only at the days whose lines changed since they last passed:
   a month that is added is tested at the cost of a month. `dbt test` alone looks at everything. #}

{# Whether a day has lines that the tests have not seen. #}
{% macro is_unchecked(day) -%}
    {%- if flags is defined and flags.WHICH == 'build' -%}
        {{ day }} in (
            select day from {{ core_relation('event_lines_by_day') }}
            where version <> checked_version
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# To be run after a model that `dbt build` reaches only when the tests before it have passed. #}
{% macro mark_days_as_checked() -%}
    {%- if flags is defined and flags.WHICH == 'build' -%}
        update {{ core_relation('event_lines_by_day') }}
        set checked_version = version
        where version <> checked_version
    {%- endif -%}
{%- endmacro %}
