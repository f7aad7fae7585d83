{# Data tests that read every event look only at the days whose lines changed since they last passed:
   a month that is added is tested at the cost of a month. `dbt test` alone looks at everything. #}

{# Whether the day of a date or timestamp has lines that the tests have not seen. The first and the
   last of these days are written out: then the database skips what lies outside of them, instead of
   reading everything and asking of each row. #}
{% macro is_unchecked(moment) -%}
    {%- set span = unchecked_span() -%}
    {%- if span is none -%}
        true
    {%- else -%}
        {{ moment }} >= date '{{ span[0] }}'
        and {{ moment }} < date '{{ span[1] }}'
        and {{ moment }}::date in (
            select day from {{ core_relation('event_lines_by_day') }}
            where version <> checked_version
        )
    {%- endif -%}
{%- endmacro %}

{# The first such day, and the one after the last; an empty span where there is none. None outside of
   `dbt build`, where everything is looked at. #}
{% macro unchecked_span() -%}
    {%- if not execute or flags.WHICH != 'build' -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set query -%}
        select
            coalesce(min(day), date '1970-01-01')::text as first_day,
            coalesce(max(day) + 1, date '1970-01-01')::text as end_day
        from {{ core_relation('event_lines_by_day') }}
        where version <> checked_version
    {%- endset -%}
    {{ return(run_query(query).rows[0]) }}
{%- endmacro %}

{# These days in batches, see `batches_of_days`. `dbt test` alone takes all days; `dbt docs` asks
   before there is a warehouse. -#}
{% macro unchecked_batches() -%}
    {%- if not execute or not is_in_core('event_lines_by_day') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set line_counts = line_counts_by_day(core_relation('event_lines'), is_unchecked('occurred_at')) -%}
    {{ return(batches_of_days(line_counts.keys(), line_counts)) }}
{%- endmacro %}

{# To be run after a model that `dbt build` reaches only when the tests before it have passed. #}
{% macro mark_days_as_checked() -%}
    {%- if flags is defined and flags.WHICH == 'build' -%}
        update {{ core_relation('event_lines_by_day') }}
        set checked_version = version
        where version <> checked_version
    {%- endif -%}
{%- endmacro %}
