{# One row per day from the first `visit_date` of a relation to its last. #}
{% macro calendar(days) -%}
    select each_day::date as visit_date
    from (
        select {{ rows_of(days_from_to('first_day', 'last_day')) }} as each_day
        from (
            select min(visit_date) as first_day, max(visit_date) as last_day
            from {{ days }}
        ) as bounds
    ) as all_dates
{%- endmacro %}
