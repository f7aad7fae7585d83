{# Shares, means and scores. #}

{# A share or a mean: 0 where there is nothing to divide by. #}
{% macro ratio(numerator, denominator, otherwise=0) -%}
    coalesce(
        {{ numerator }} / nullif({{ denominator }}, 0)::double, {{ otherwise }}
    )
{%- endmacro %}

{# A score from 1 to 5 by the share of rows with a lower value, among the rows
   that agree in `within`. Equal values always get the same score, which `ntile`
   would split by the order of rows. #}
{% macro score(value, within=none) -%}
    {%- set partition = 'partition by ' ~ within if within else '' -%}
    (
        1 + least(4, floor(
            5 * (rank() over ({{ partition }} order by {{ value }}) - 1)
            / count(*) over ({{ partition }})
        ))
    )::integer
{%- endmacro %}
