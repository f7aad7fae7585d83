{# Quantiles and medians of the numeric features of users, over those whom
   `among_those_with` lets in. What is called for stands beside them: aggregates
   of the same users. #}

{# Of all users: the 10 %, 50 % and 90 % quantiles as a list, and the standard
   deviation. #}
{% macro feature_quantiles(users) %}
    {{ return(adapter.dispatch('feature_quantiles')(users, caller())) }}
{% endmacro %}

{# One aggregate for the three: each of its own would hold all values in memory
   again. #}
{% macro duckdb__feature_quantiles(users, others) %}
    select
        {%- for feature in profile_features() %}
        quantile_cont({{ feature }}, [0.1, 0.5, 0.9])
            {{ among_those_with(feature) }} as quantiles_{{ feature }},
        {%- endfor %}
        {{ feature_deviations() }},
        {{ others }}

    from {{ users }}
{% endmacro %}

{% macro spark__feature_quantiles(users, others) %}
    with

    aggregated as (

        select
            {{ feature_deviations() }},
            {{ others }}

        from {{ users }}

    ),

    by_feature as ({{ quantiles_by_feature(users, [], [0.1, 0.5, 0.9]) }}),

    quantiles as (

        select
            {%- for feature in profile_features() %}
            {{ quantiles_of(feature) }} as quantiles_{{ feature }}
            {{- ',' if not loop.last }}
            {%- endfor %}

        from by_feature

    )

    select * from quantiles
    cross join aggregated
{% endmacro %}

{% macro feature_deviations() -%}
    {%- for feature in profile_features() %}
        (stddev_pop({{ feature }}) {{ among_those_with(feature) }})::double
            as stddev_{{ feature }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The medians of each group of users that agree in `key`. #}
{% macro feature_medians(users, key) %}
    {{ return(adapter.dispatch('feature_medians')(users, key, caller())) }}
{% endmacro %}

{% macro duckdb__feature_medians(users, key, others) %}
    select
        {{ key }},
        {%- for feature in profile_features() %}
        (median({{ feature }}) {{ among_those_with(feature) }})::double
            as median_{{ feature }},
        {%- endfor %}
        {{ others }}

    from {{ users }}
    group by {{ key }}
{% endmacro %}

{% macro spark__feature_medians(users, key, others) %}
    with

    aggregated as (

        select
            {{ key }},
            {{ others }}

        from {{ users }}
        group by {{ key }}

    ),

    by_feature as ({{ quantiles_by_feature(users, [key], [0.5]) }}),

    medians as (

        select
            {{ key }},
            {%- for feature in profile_features() %}
            ({{ quantiles_of(feature) }})[0] as median_{{ feature }}
            {{- ',' if not loop.last }}
            {%- endfor %}

        from by_feature
        group by {{ key }}

    )

    select * from medians
    inner join aggregated using ({{ key }})
{% endmacro %}
