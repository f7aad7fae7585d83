{# Business definitions that more than one model rests on. #}

{# The hour of an instant lies in the night, which may run over midnight. #}
{% macro is_night(instant) -%}
    {%- set first = var('night_start_hour') -%}
    {%- set last = var('night_end_hour') -%}
    {%- if first > last -%}
        (hour({{ instant }}) >= {{ first }} or hour({{ instant }}) < {{ last }})
    {%- else -%}
        (
            hour({{ instant }}) >= {{ first }}
            and hour({{ instant }}) < {{ last }}
        )
    {%- endif -%}
{%- endmacro %}

{# The first day that no feature sees: set by hand, or the day after the last
   event. #}
{% macro as_of() -%}
    {%- if var('as_of', none) -%}
        date '{{ var("as_of") }}'
    {%- else -%}
        (select max(visit_date) + 1 from {{ ref('sessions') }})
    {%- endif -%}
{%- endmacro %}

{# Whether features see a day or an instant. Without an `as_of` they see all
   that there is. #}
{% macro is_seen(instant) -%}
    {%- if var('as_of', none) -%}
        {{ instant }} < date '{{ var("as_of") }}'
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
