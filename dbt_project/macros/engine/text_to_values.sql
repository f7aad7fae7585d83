{# How the text of a raw field becomes a value. What each engine reads on its
   own differs; `tests/spark` compares what comes out. #}

{# An instant in UTC, from a text as `time_format` says. #}
{% macro utc_timestamp(text) -%}
    {%- set form = var('time_format') -%}
    {%- if form == 'iso' -%}
        {{ return(timestamp_of_iso(text)) }}
    {%- elif form == 'epoch' -%}
        {{ return(timestamp_of_epoch(text)) }}
    {%- endif -%}
    {%- set days = {
        'dd/mm/yyyy': ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y'],
        'mm/dd/yyyy': ['%m/%d/%Y', '%m-%d-%Y', '%m.%d.%Y'],
        'yyyy-mm-dd': ['%Y-%m-%d', '%Y/%m/%d', '%Y%m%d'],
    }[form] -%}
    {%- set forms = [] -%}
    {%- for day in days -%}
        {%- for time in ['', ' %H:%M', ' %H:%M:%S'] -%}
            {%- do forms.append("'" ~ day ~ time ~ "'") -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(adapter.dispatch('timestamp_of_forms')(text, forms)) }}
{%- endmacro %}

{% macro duckdb__timestamp_of_forms(text, forms) -%}
    try_strptime({{ text }}, [{{ forms | join(', ') }}]){{ from_time_zone() }}
{%- endmacro %}

{# From `2019-10-01 00:00:00 UTC`, `2020-09-24 13:51:07+00:00` or the ISO form
   with `T` and `Z`, with or without seconds and up to nine digits of one. An
   offset is applied; a time without zone is taken as one of `time_zone`. The
   pattern keeps out what a cast would also accept: `epoch`, `infinity`, a date
   alone, an offset of 99 hours. #}
{% macro timestamp_of_iso(text) -%}
    {{ return(adapter.dispatch('timestamp_of_iso')(text)) }}
{%- endmacro %}

{% macro duckdb__timestamp_of_iso(text) -%}
    {%- set time = '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d'
        ~ '(:\\d\\d(\\.\\d{1,9})?)?' -%}
    coalesce(
        case
            when suffix({{ text }}, ' UTC')
                then try_strptime({{ text }}, '%Y-%m-%d %H:%M:%S UTC')
        end,
        {%- if var('time_zone') != 'UTC' %}
        case
            when regexp_full_match({{ text }}, '{{ time }}')
                then try_cast({{ text }} as timestamp){{ from_time_zone() }}
        end,
        {%- endif %}
        case
            when regexp_full_match(
                {{ text }},
                '{{ time }}( ?UTC|Z| ?[+-](0\d|1[0-4])(:?[0-5]\d)?)?'
            )
                then try_cast(
                    regexp_replace({{ text }}, ' ([+-])', '\1') as timestamptz
                ) at time zone 'UTC'
        end
    )
{%- endmacro %}

{# Seconds, milliseconds or microseconds since 1970: 9 digits are of 1973, 11 of
   the year 5138. #}
{% macro timestamp_of_epoch(text) -%}
    {%- set number -%}
        try_cast(regexp_extract({{ text }}, '[0-9]+', 0) as bigint)
    {%- endset -%}
    case
        when {{ full_match(text, '[0-9]{9,11}([.]0+)?') }}
            then {{ moment_of_epoch(number ~ ' * 1000000') }}
        when {{ full_match(text, '[0-9]{12,14}([.]0+)?') }}
            then {{ moment_of_epoch(number ~ ' * 1000') }}
        when {{ full_match(text, '[0-9]{15,17}([.]0+)?') }}
            then {{ moment_of_epoch(number) }}
    end
{%- endmacro %}

{# The moment so many microseconds after 1970 began. #}
{% macro moment_of_epoch(microseconds) -%}
    {{ return(adapter.dispatch('moment_of_epoch')(microseconds)) }}
{%- endmacro %}

{% macro duckdb__moment_of_epoch(microseconds) -%}
    make_timestamp({{ microseconds }})
{%- endmacro %}

{# What turns a time of the shop's clocks into one in UTC. #}
{% macro from_time_zone() -%}
    {%- if var('time_zone') != 'UTC' %}
        at time zone '{{ var('time_zone') }}' at time zone 'UTC'
    {%- endif -%}
{%- endmacro %}

{# Money, to the cent. Decimal, so that sums do not depend on the order of
   addition. #}
{% macro money(text) -%}
    {{ return(number_of_text(text, 'decimal(12, 2)')) }}
{%- endmacro %}

{# A number, null where the text is none. #}
{% macro number_of_text(text, type) -%}
    {{ return(adapter.dispatch('number_of_text')(text, type)) }}
{%- endmacro %}

{# A cast would read the underscore of `1_299` as nothing. #}
{% macro duckdb__number_of_text(text, type) -%}
    case
        when not contains({{ text }}, '_')
            then try_cast({{ text }} as {{ type }})
    end
{%- endmacro %}
