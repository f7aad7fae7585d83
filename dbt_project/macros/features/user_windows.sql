{# Windows: what a user did in the last days before `as_of`. #}

{# Their lengths: a month, a quarter, a year. #}
{% macro window_days() -%}
    {{ return([30, 90, 365]) }}
{%- endmacro %}

{# The columns of the given measures in every window, such as
   `order_count_30d`. #}
{% macro window_columns(
    measures=['order_count', 'revenue', 'event_count', 'active_day_count']
) -%}
    {%- set columns = [] -%}
    {%- for measure in measures -%}
        {%- for days in window_days() -%}
            {%- do columns.append(measure ~ '_' ~ days ~ 'd') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{# Events and active days in each window; a row for every user with an event in
   the longest one. `activity` has `visit_date`, `event_count` and
   `active_day_count` of days, or of months that no window cuts, dated by their
   first day. `keys` and `as_of` as in `user_orders`. #}
{% macro user_windows(activity, keys, as_of) %}
    select
        {{ keys | join(', ') }},
        {% for measure in ['event_count', 'active_day_count'] -%}
        {% set is_last_measure = loop.last -%}
        {% for days in window_days() -%}
        coalesce(sum({{ measure }}) filter (
            where visit_date >= {{ as_of }} - {{ days }}
        ), 0)::bigint as {{ measure }}_{{ days }}d
        {{- '' if is_last_measure and loop.last else ',' }}
        {% endfor -%}
        {% endfor %}
    from {{ activity }}
    where visit_date >= {{ as_of }} - {{ window_days() | max }}
    group by {{ keys | join(', ') }}
{% endmacro %}

{# What users did on each day of `sessions`. #}
{% macro daily_activity(sessions, keys) %}
    select
        {{ keys | join(', ') }},
        visit_date,
        sum(event_count) as event_count,
        1 as active_day_count

    from {{ sessions }}
    group by {{ keys | join(', ') }}, visit_date
{% endmacro %}

{# Whether a window begins within a month, so that only its days tell what
   belongs to it. #}
{% macro is_cut_by_a_window(month, as_of) -%}
    {%- for days in window_days() %}
    {{ 'or ' if not loop.first -}}
    (
        {{ month }} < {{ as_of }} - {{ days }}
        and {{ as_of }} - {{ days }} < {{ month }} + interval 1 month
    )
    {%- endfor %}
{%- endmacro %}
