{# How times are read on Spark. #}

{% macro spark__timestamp_of_forms(text, forms) -%}
    {%- set times = [] -%}
    {%- for form in forms -%}
        {%- set pattern = form | replace('%d', 'd') | replace('%m', 'M')
            | replace('%Y', 'yyyy') | replace('%H', 'H') | replace('%M', 'm')
            | replace('%S', 's') -%}
        {%- set pattern = pattern | replace('yyyyMd', 'yyyyMMdd') -%}
        {%- do times.append(
            "try_to_timestamp(" ~ text ~ ", " ~ pattern ~ ")"
        ) -%}
    {%- endfor -%}
    {{ in_utc('coalesce(' ~ times | join(', ') ~ ')') }}
{%- endmacro %}

{# The first form is that of nearly every line, and costs no pattern. Spark
   knows no 24 o'clock, the midnight of the next day. #}
{% macro spark__timestamp_of_iso(text) -%}
    {%- set time = '(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d)'
        ~ '(:\\d\\d(?:\\.\\d{1,9})?)?' -%}
    {%- set zone = '( UTC|Z| ?[+-](0\\d|1[0-4])(?::?([0-5]\\d))?)?' -%}
    coalesce(
        case
            when {{ text }} like '____-__-__ __:__:__ UTC'
                then try_cast(substr({{ text }}, 1, 19) as timestamp_ntz)
        end,
        case
            when right({{ text }}, 4) = ' UTC'
                then {{ loosely_written_time(text) }}
        end,
        case
            when {{ full_match(text, time ~ zone) }}
                then {{ time_with_offset(text, '\\A' ~ time ~ zone ~ '\\z') }}
        end
    )
{%- endmacro %}

{# With single digits, and any blanks between day and time. #}
{% macro loosely_written_time(text) -%}
    {%- set form = '\\A\\s*(\\d{1,4})-(\\d{1,2})-(\\d{1,2})\\s+'
        ~ '(\\d{1,2}):(\\d{1,2}):([0-5]?\\d)\\s+UTC\\z' -%}
    try_make_timestamp_ntz(
        {%- for place in range(1, 7) %}
        try_cast(
            regexp_extract({{ text }}, '{{ form }}', {{ place }}) as int
        )
        {{- ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# `form` has groups: day, hour and minute, seconds, zone, and hours and minutes
   of its offset. #}
{% macro time_with_offset(text, form) -%}
    {%- set part = [] -%}
    {%- for place in range(7) -%}
        {%- do part.append(
            "regexp_extract(" ~ text ~ ", '" ~ form ~ "', " ~ place ~ ")"
        ) -%}
    {%- endfor -%}
    {%- set is_midnight -%}
        {{ part[2] }} = '24:00' and {{ full_match(part[3], '(:00(\\.0+)?)?') }}
    {%- endset -%}
    {%- set moment -%}
        case
            when {{ is_midnight }}
                then try_cast({{ part[1] }} as timestamp_ntz) + interval 1 day
            else
                try_cast(
                    concat({{ part[1] }}, ' ', {{ part[2] }}, coalesce(
                        nullif({{ part[3] }}, ''), ':00'
                    )) as timestamp_ntz
                )
        end
    {%- endset -%}
    {%- set offset -%}
        case when contains({{ part[4] }}, '-') then -1 else 1 end
        * (
            coalesce(try_cast({{ part[5] }} as int), 0) * 60
            + coalesce(try_cast({{ part[6] }} as int), 0)
        )
    {%- endset -%}
    {%- if var('time_zone') == 'UTC' -%}
        timestampadd(minute, -({{ offset }}), {{ moment }})
    {%- else -%}
        case
            when {{ part[4] }} = '' then {{ in_utc(moment) }}
            else timestampadd(minute, -({{ offset }}), {{ moment }})
        end
    {%- endif -%}
{%- endmacro %}

{# A time of the shop's clocks on Spark as one in UTC. #}
{% macro in_utc(moment) -%}
    {%- if var('time_zone') == 'UTC' -%}
        {{ return(moment) }}
    {%- endif -%}
    convert_timezone('{{ var('time_zone') }}', 'UTC', {{ moment }})
{%- endmacro %}

{% macro spark__moment_of_epoch(microseconds) -%}
    timestamp_micros({{ microseconds }})::timestamp_ntz
{%- endmacro %}

{# And here the digits of any script. #}
{% macro spark__number_of_text(text, type) -%}
    case
        when not regexp_like({{ text }}, '[^\x00-\x7f]')
            then try_cast({{ text }} as {{ type }})
    end
{%- endmacro %}
