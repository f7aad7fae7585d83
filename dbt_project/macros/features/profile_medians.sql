{# Who a feature says something of, as a filter of an aggregate: a median of
   money over those who never bought is 0 for nearly every segment of nearly
   every store. #}
{% macro among_those_with(feature) -%}
    {{ only_where(is_told_by(feature)) }}
{%- endmacro %}

{# The condition of it, none where a feature says something of everybody. #}
{% macro is_told_by(feature) -%}
    {%- if 'order' in feature or 'revenue' in feature
        or 'purchase_count' in feature -%}
        {{ return('order_count > 0') }}
    {%- elif feature in ['cart_to_purchase_rate', 'removal_rate'] -%}
        {{ return('cart_count > 0') }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# How far a median lies from that of others, in their spreads: 0 for a
   constant, null where nobody has one. #}
{% macro deviation(median, level, spread) -%}
    case
        when {{ median }} is not null
            then coalesce(({{ median }} - {{ level }}) / {{ spread }}, 0)
    end
{%- endmacro %}

{# One row per group and feature: the median, of a relation with a column for
   each. #}
{% macro medians_by_feature(groups, key) %}
    {%- set medians = [] -%}
    {%- for feature in profile_features() -%}
        {%- do medians.append('median_' ~ feature) -%}
    {%- endfor %}
    select
        {{ key }},
        {{ rows_of_lists({
            'feature_name': list_of_texts(profile_features()),
            'median_value': list_of(medians),
        }) }}

    from {{ groups }}
{% endmacro %}

{# One row per feature: median and spread, of the one row that
   `feature_quantiles` gives. #}
{% macro levels_by_feature(quantiles) %}
    {%- set medians = [] -%}
    {%- set spreads = [] -%}
    {%- for feature in profile_features() -%}
        {%- set of_feature = 'quantiles_' ~ feature -%}
        {%- do medians.append(item_of(of_feature, 2) ~ '::double') -%}
        {%- do spreads.append(spread(of_feature, 'stddev_' ~ feature)) -%}
    {%- endfor %}
    select
        {{ rows_of_lists({
            'feature_name': list_of_texts(profile_features()),
            'median_value': list_of(medians),
            'spread': list_of(spreads),
        }) }}

    from {{ quantiles }}
{% endmacro %}
