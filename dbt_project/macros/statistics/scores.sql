{# Shares, means and scores. #}

{# A share or a mean: 0 where there is nothing to divide by. #}
{% macro ratio(numerator, denominator, otherwise=0) -%}
    coalesce(
        {{ numerator }} / nullif({{ denominator }}, 0)::double, {{ otherwise }}
    )
{%- endmacro %}

{# Rows with scores from 1 to 5, each by the share of rows with a lower value,
   among the rows that agree in `within`. Equal values always get the same
   score, which `ntile` would split by the order of rows. `scores` has the
   column that each is of. #}
{% macro with_scores(rows, scores, within) %}
    {{ return(adapter.dispatch('with_scores')(rows, scores, within)) }}
{% endmacro %}

{% macro duckdb__with_scores(rows, scores, within) %}
    {%- set partition = 'partition by ' ~ within | join(', ')
        if within else '' %}
    select
        *,
        {%- for score, value in scores.items() %}
        (
            1 + least(4, floor(
                5 * (rank() over ({{ partition }} order by {{ value }}) - 1)
                / count(*) over ({{ partition }})
            ))
        )::integer as {{ score }}{{ ',' if not loop.last }}
        {%- endfor %}

    from {{ rows }}
{% endmacro %}

{% macro spark__with_scores(rows, scores, within) %}
    {%- set keys = within + ['score_name'] %}
    with

    values_counted as (

        select
            {{ (keys + ['ranked_value']) | join(', ') }},
            count(*) as row_count

        from (
            select
                {% for key in within %}{{ key }}, {% endfor %}
                stack(
                    {{ scores | length }},
                    {%- for score, value in scores.items() %}
                    '{{ score }}', {{ as_number(value) }}
                    {{- ',' if not loop.last }}
                    {%- endfor %}
                ) as (score_name, ranked_value)

            from {{ rows }}
        ) as score_values
        group by all

    ),

    ranked as ({{ ranked_values('values_counted', keys) }}),

    scored_values as (

        select
            {{ (keys + ['ranked_value']) | join(', ') }},
            (1 + least(4, floor(5 * lower_count / total_count)))::integer
                as score

        from ranked

    )

    select
        {{ rows }}.*,
        {%- for score in scores %}
        {{ score }}s.score as {{ score }}{{ ',' if not loop.last }}
        {%- endfor %}

    from {{ rows }}
    {%- for score, value in scores.items() %}
    left join scored_values as {{ score }}s
        on
            {{ score }}s.score_name = '{{ score }}'
            {%- for key in within %}
            and {{ score }}s.{{ key }} = {{ rows }}.{{ key }}
            {%- endfor %}
            and {{ score }}s.ranked_value = {{ as_number(rows ~ '.' ~ value) }}
    {%- endfor %}
{% endmacro %}

{# A count, an amount or a day as a double, in the same order. #}
{% macro as_number(value) -%}
    {%- if value.endswith('_date') -%}
        {{ return('unix_date(' ~ value ~ ')::double') }}
    {%- endif -%}
    {{ return(value ~ '::double') }}
{%- endmacro %}
