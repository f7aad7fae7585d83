{# Data tests that read every event look only at the days whose lines changed since they last passed,
   and the ledger only at files with a line on a day that changed since it counted: a month that is
   added costs a month. `dbt test` alone looks at everything. #}

{# How often the lines of each day changed, and which change was seen by whom. A ledger that had no
   version of its own yet counts every file again. #}
{% macro create_event_lines_by_day() -%}
    create table if not exists {{ source('ops', 'event_lines_by_day') }} (
        day date,
        version bigint,
        marked_version bigint,
        checked_version bigint,
        counted_version bigint default 0
    )
{%- endmacro %}

{# Whether the day of a date or timestamp has lines that the tests have not seen. #}
{% macro is_unchecked(moment) -%}
    {{ is_on_day_changed_since('checked_version', moment) }}
{%- endmacro %}

{# Whether it has lines that the ledger has not counted. #}
{% macro is_uncounted(moment) -%}
    {{ is_on_day_changed_since('counted_version', moment) }}
{%- endmacro %}

{# The first and the last of these days are written out: then the database skips what lies outside of
   them, instead of reading everything and asking of each row. `seen_version`: the column of
   `ops.event_lines_by_day` with the version of each day's lines that was seen last. #}
{% macro is_on_day_changed_since(seen_version, moment) -%}
    {%- set span = span_changed_since(seen_version) -%}
    {%- if span is none -%}
        true
    {%- else -%}
        {{ moment }} >= date '{{ span[0] }}'
        and {{ moment }} < date '{{ span[1] }}'
        and {{ moment }}::date in (
            select day from {{ source('ops', 'event_lines_by_day') }}
            where version <> {{ seen_version }}
        )
    {%- endif -%}
{%- endmacro %}

{# The first such day, and the one after the last; an empty span where there is none. None outside of
   `dbt build`, where everything is looked at. #}
{% macro span_changed_since(seen_version) -%}
    {%- if not execute or flags.WHICH != 'build' -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set query -%}
        select
            coalesce(min(day), date '1970-01-01')::text as first_day,
            coalesce(max(day) + 1, date '1970-01-01')::text as end_day
        from {{ source('ops', 'event_lines_by_day') }}
        where version <> {{ seen_version }}
    {%- endset -%}
    {{ return(run_query(query).rows[0]) }}
{%- endmacro %}

{# The days that the tests have not seen in batches, see `batches_of_days`. `dbt test` alone takes all
   days; `dbt docs` asks before there is a warehouse. -#}
{% macro unchecked_batches() -%}
    {%- if not execute or not is_table('ops', 'event_lines_by_day') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set line_counts = line_counts_by_day(core_relation('event_lines'), is_unchecked('occurred_at')) -%}
    {{ return(batches_of_days(line_counts.keys(), line_counts)) }}
{%- endmacro %}

{# To be run after a model that `dbt build` reaches only when the tests before it have passed. #}
{% macro mark_days_as_checked() -%}
    {%- if flags is defined and flags.WHICH == 'build' -%}
        update {{ source('ops', 'event_lines_by_day') }}
        set checked_version = version
        where version <> checked_version
    {%- endif -%}
{%- endmacro %}

{# To be run with the ledger; one that `--empty` made has counted nothing. #}
{% macro mark_days_as_counted() -%}
    {%- if flags is defined and not flags.EMPTY -%}
        update {{ source('ops', 'event_lines_by_day') }}
        set counted_version = version
        where version <> counted_version
    {%- endif -%}
{%- endmacro %}

{# In the transaction that exchanges the lines of these days. #}
{% macro raise_day_versions(days) -%}
    {%- if days -%}
        {%- set changed -%}
            (values {% for day in days -%}
                (date '{{ day }}'){{ ', ' if not loop.last }}
            {%- endfor %}) as changed (day)
        {%- endset -%}
        {%- set versions = source('ops', 'event_lines_by_day') -%}
        {% do run_query(
            "update " ~ versions ~ " as versions set version = version + 1"
            ~ " from " ~ changed ~ " where versions.day = changed.day"
        ) %}
        {% do run_query(
            "insert into " ~ versions ~ " select day, 1, 0, 0, 0 from " ~ changed
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

{# Days whose lines changed since repeated events were marked, in this run or in one that was killed. #}
{% macro unmarked_days() -%}
    {%- set days = run_query(
        "select day::text from " ~ source('ops', 'event_lines_by_day')
        ~ " where version <> marked_version order by day"
    ) -%}
    {{ return(days.columns[0].values() | list) }}
{%- endmacro %}

{% macro mark_days_as_searched(first_day, last_day) -%}
    update {{ source('ops', 'event_lines_by_day') }}
    set marked_version = version
    where day between date '{{ first_day }}' and date '{{ last_day }}'
{%- endmacro %}
