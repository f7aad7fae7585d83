{# Data tests that read every event look only at the days whose lines changed
   since they last passed, and the ledger only at files with a line on a day
   that changed since it counted: a month that is added costs a month.
   `dbt test` alone looks at everything. #}

{# Whether the day of a date or timestamp has lines that the tests have not
   seen. #}
{% macro is_unchecked(instant) -%}
    {{ is_on_day_changed_since('checked_version', instant) }}
{%- endmacro %}

{# Whether it has lines that the ledger has not counted. #}
{% macro is_uncounted(instant) -%}
    {{ is_on_day_changed_since('counted_version', instant) }}
{%- endmacro %}

{# The first and the last of these days are written out: then the database skips
   what lies outside of them, instead of reading everything and asking of each
   row. `seen_version`: the column of `ops.event_lines_by_day` with the version
   of each day's lines that was seen last. #}
{% macro is_on_day_changed_since(seen_version, instant) -%}
    {%- set span = span_changed_since(seen_version) -%}
    {%- if span is none -%}
        true
    {%- else -%}
        {{ instant }} >= date '{{ span[0] }}'
        and {{ instant }} < date '{{ span[1] }}'
        and {{ instant }}::date in (
            select day from {{ ops_relation('event_lines_by_day') }}
            where version <> {{ seen_version }}
        )
    {%- endif -%}
{%- endmacro %}

{# The first such day, and the one after the last; an empty span where there is
   none. None outside of `dbt build`, where everything is looked at. #}
{% macro span_changed_since(seen_version) -%}
    {%- if not execute or flags.WHICH != 'build' -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(adapter.dispatch('span_changed_since')(seen_version)) }}
{%- endmacro %}

{# Nobody notes there what was seen: everything is looked at. #}
{% macro spark__span_changed_since(seen_version) -%}
    {{ return(none) }}
{%- endmacro %}

{% macro duckdb__span_changed_since(seen_version) -%}
    {%- set query -%}
        select
            coalesce(min(day), date '1970-01-01')::text as first_day,
            coalesce(max(day) + 1, date '1970-01-01')::text as end_day
        from {{ ops_relation('event_lines_by_day') }}
        where version <> {{ seen_version }}
    {%- endset -%}
    {{ return(run_query(query).rows[0]) }}
{%- endmacro %}

{# The days that the tests have not seen in batches, see `batches_of_days`.
   `dbt test` alone takes all days; `dbt docs` asks before there is a
   warehouse. -#}
{% macro unchecked_batches() -%}
    {%- if not execute or not is_table('ops', 'event_lines_by_day') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set line_counts = line_counts_by_day(
        core_relation('event_lines'), is_unchecked('occurred_at')
    ) -%}
    {{ return(batches_of_days(line_counts.keys(), line_counts)) }}
{%- endmacro %}
