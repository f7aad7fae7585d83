{# How the text of a raw field becomes a value. DuckDB spells these; another
   engine would not. #}

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
    try_strptime({{ text }}, [{{ forms | join(', ') }}]){{ from_time_zone() }}
{%- endmacro %}

{# From `2019-10-01 00:00:00 UTC`, `2020-09-24 13:51:07+00:00` or the ISO form
   with `T` and `Z`, with or without seconds and up to nine digits of one. An
   offset is applied; a time without zone is taken as one of `time_zone`. The
   pattern keeps out what a cast would also accept: `epoch`, `infinity`, a date
   alone, an offset of 99 hours. #}
{% macro timestamp_of_iso(text) -%}
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
        try_cast(regexp_extract({{ text }}, '[0-9]+') as bigint)
    {%- endset -%}
    case
        when regexp_full_match({{ text }}, '[0-9]{9,11}([.]0+)?')
            then make_timestamp({{ number }} * 1000000)
        when regexp_full_match({{ text }}, '[0-9]{12,14}([.]0+)?')
            then make_timestamp({{ number }} * 1000)
        when regexp_full_match({{ text }}, '[0-9]{15,17}([.]0+)?')
            then make_timestamp({{ number }})
    end
{%- endmacro %}

{# What turns a time of the shop's clocks into one in UTC. #}
{% macro from_time_zone() -%}
    {%- if var('time_zone') != 'UTC' %}
        at time zone '{{ var('time_zone') }}' at time zone 'UTC'
    {%- endif -%}
{%- endmacro %}

{# Money, to the cent. Decimal, so that sums do not depend on the order of
   addition. A cast would read the underscore of `1_299` as nothing. #}
{% macro money(text) -%}
    case
        when not contains({{ text }}, '_')
            then try_cast({{ text }} as decimal(12, 2))
    end
{%- endmacro %}
