{# The features of users, ranked on many machines, and their quantiles: for
   Spark, see `ranks.sql`. #}

{# One row per group of users that agree in `keys`, and feature: the quantiles
   as a list, each between two values in proportion. #}
{% macro quantiles_by_feature(users, keys, shares) %}
    {%- set keys = keys + ['feature_name'] %}
    with

    feature_values as (

        select
            {{ (keys + ['ranked_value']) | join(', ') }},
            count(*) as row_count

        from (
            select
                {% for key in keys[:-1] %}{{ key }},{% endfor %}
                stack(
                    {{ profile_features() | length }},
                    {%- for feature in profile_features() %}
                    '{{ feature }}', {{ value_to_rank(feature) }}
                    {{- ',' if not loop.last }}
                    {%- endfor %}
                ) as (feature_name, ranked_value)

            from {{ users }}
        ) as told
        where ranked_value is not null
        group by all

    ),

    ranked as ({{ ranked_values('feature_values', keys) }})

    select
        {{ keys | join(', ') }},
        array(
            {%- for share in shares %}
            {%- set place = share ~ 'e0 * (total_count - 1)' %}
            {%- set lower = value_at('floor(' ~ place ~ ')') %}
            {%- set higher = value_at('ceil(' ~ place ~ ')') %}
            {{ lower }} + ({{ higher }} - {{ lower }})
            * max(({{ place }}) % 1){{ ',' if not loop.last }}
            {%- endfor %}
        ) as quantiles

    from ranked
    group by {{ keys | join(', ') }}
{% endmacro %}

{# A feature as a double, null for users of whom it says nothing; money in
   cents. #}
{% macro value_to_rank(feature) -%}
    {%- set value -%}
        ({{ feature }}{{ ' * 100' if feature == 'revenue' }})::double
    {%- endset -%}
    {%- if is_told_by(feature) -%}
        if({{ is_told_by(feature) }}, {{ value }}, null)
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}

{# The value at a place, from 0, among all in ascending order. #}
{% macro value_at(place) -%}
    max(ranked_value) filter (where lower_count <= {{ place }})
{%- endmacro %}

{# The quantiles of one feature, out of the rows of all. Money is cut to whole
   cents, as DuckDB does. #}
{% macro quantiles_of(feature) -%}
    {%- set quantiles -%}
        any_value(quantiles) filter (where feature_name = '{{ feature }}')
    {%- endset -%}
    {%- if feature == 'revenue' -%}
    transform({{ quantiles }}, cents -> cents::bigint / 100)
    {%- else -%}
    {{ quantiles }}
    {%- endif -%}
{%- endmacro %}
