{# Days and moments. #}

{# How many days lie between two. #}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__days_between(earlier, later) -%}
    {{ later }} - {{ earlier }}
{%- endmacro %}

{% macro spark__days_between(earlier, later) -%}
    datediff({{ later }}, {{ earlier }})::bigint
{%- endmacro %}

{# How many seconds lie between two moments. #}
{% macro seconds_between(earlier, later) -%}
    {{ return(adapter.dispatch('seconds_between')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__seconds_between(earlier, later) -%}
    date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}

{# Of whole seconds, as the other engine counts them. #}
{% macro spark__seconds_between(earlier, later) -%}
    timestampdiff(
        second, date_trunc('second', {{ earlier }}),
        date_trunc('second', {{ later }})
    )
{%- endmacro %}

{# The weekday from 1, Monday, to 7. Both engines know `weekday`, and count it
   from another day. #}
{% macro weekday_of(day) -%}
    {{ return(adapter.dispatch('weekday_of')(day)) }}
{%- endmacro %}

{% macro duckdb__weekday_of(day) -%}
    isodow({{ day }})
{%- endmacro %}

{% macro spark__weekday_of(day) -%}
    (weekday({{ day }}) + 1)::bigint
{%- endmacro %}

{# The days from one to another, as a list. #}
{% macro days_from_to(first_day, last_day) -%}
    {{ return(adapter.dispatch('days_from_to')(first_day, last_day)) }}
{%- endmacro %}

{% macro duckdb__days_from_to(first_day, last_day) -%}
    generate_series({{ first_day }}, {{ last_day }}, interval 1 day)
{%- endmacro %}

{% macro spark__days_from_to(first_day, last_day) -%}
    sequence({{ first_day }}, {{ last_day }}, interval 1 day)
{%- endmacro %}

{# How many months lie between the months of two days. #}
{% macro months_between(earlier, later) -%}
    {{ return(adapter.dispatch('months_between')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__months_between(earlier, later) -%}
    date_diff('month', {{ earlier }}, {{ later }})
{%- endmacro %}

{% macro spark__months_between(earlier, later) -%}
    timestampdiff(
        month, date_trunc('month', {{ earlier }}),
        date_trunc('month', {{ later }})
    )
{%- endmacro %}

{% macro hour_of(instant) -%}
    extract(hour from {{ instant }})::bigint
{%- endmacro %}

{% macro is_weekend(day) -%}
    {{ weekday_of(day) }} >= 6
{%- endmacro %}
