{# How often the lines of each day changed, and which change was seen by whom. A
   ledger that had no version of its own yet counts every file again. #}
{% macro create_event_lines_by_day() -%}
    create table if not exists {{ ops_relation('event_lines_by_day') }} (
        day date,
        version bigint,
        marked_version bigint,
        checked_version bigint,
        counted_version bigint default 0
    )
{%- endmacro %}

{# To be run after a model that `dbt build` reaches only when the tests before
   it have passed. #}
{% macro mark_days_as_checked() -%}
    {{ return(adapter.dispatch('mark_days_as_checked')()) }}
{%- endmacro %}

{% macro duckdb__mark_days_as_checked() -%}
    {%- if flags is defined and flags.WHICH == 'build' -%}
        update {{ ops_relation('event_lines_by_day') }}
        set checked_version = version
        where version <> checked_version
    {%- endif -%}
{%- endmacro %}

{# Spark notes nothing of days: see `versions_of_days`. #}
{% macro spark__mark_days_as_checked() -%}
    {{ return('') }}
{%- endmacro %}

{# To be run with the ledger; one that `--empty` made has counted nothing. #}
{% macro mark_days_as_counted() -%}
    {{ return(adapter.dispatch('mark_days_as_counted')()) }}
{%- endmacro %}

{% macro duckdb__mark_days_as_counted() -%}
    {%- if flags is defined and not flags.EMPTY -%}
        update {{ ops_relation('event_lines_by_day') }}
        set counted_version = version
        where version <> counted_version
    {%- endif -%}
{%- endmacro %}

{# See above. #}
{% macro spark__mark_days_as_counted() -%}
    {{ return('') }}
{%- endmacro %}

{# In the transaction that exchanges the lines of these days. #}
{% macro raise_day_versions(days) -%}
    {%- if days -%}
        {%- set changed -%}
            (values {% for day in days -%}
                (date '{{ day }}'){{ ', ' if not loop.last }}
            {%- endfor %}) as changed (day)
        {%- endset -%}
        {%- set versions = ops_relation('event_lines_by_day') -%}
        {% do adapter.execute(
            "update " ~ versions ~ " as versions set version = version + 1"
            ~ " from " ~ changed ~ " where versions.day = changed.day"
        ) %}
        {% do adapter.execute(
            "insert into " ~ versions
            ~ " select day, 1, 0, 0, 0 from " ~ changed
            ~ " where day not in (select day from " ~ versions ~ ")"
        ) %}
    {%- endif -%}
{%- endmacro %}

{# Two sets of days as one, with the sum of their lines. #}
{% macro merged_days(first, second) -%}
    {%- set days = {} -%}
    {%- for some in [first, second] -%}
        {%- for day, line_count in some.items() -%}
            {%- do days.update({day: line_count + days.get(day, 0)}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}

{# Days whose lines changed since repeated events were marked, in this run or in
   one that was killed. #}
{% macro unmarked_days() -%}
    {%- set days = run_query(
        "select day::text from " ~ ops_relation('event_lines_by_day')
        ~ " where version <> marked_version order by day"
    ) -%}
    {{ return(days.columns[0].values() | list) }}
{%- endmacro %}

{% macro mark_days_as_searched(first_day, last_day) -%}
    update {{ ops_relation('event_lines_by_day') }}
    set marked_version = version
    where day between date '{{ first_day }}' and date '{{ last_day }}'
{%- endmacro %}
