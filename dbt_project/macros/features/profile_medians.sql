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

{# How far a median lies from everyone's, in spreads: 0 for a constant, null
   where nobody has one. #}
{% macro deviation(median, quantiles, deviation) -%}
    case
        when {{ median }} is not null
            then coalesce(
                ({{ median }} - {{ item_of(quantiles, 2) }}::double)
                / {{ spread(quantiles, deviation) }}, 0
            )
    end
{%- endmacro %}

{# Lists with an item per feature: its name, the median of a segment, that of
   all buyers, and how far they lie apart. #}
{% macro contrasts_by_feature(segments, buyers) -%}
    {%- set medians = [] -%}
    {%- set buyers_medians = [] -%}
    {%- set deviations = [] -%}
    {%- for feature in profile_features() -%}
        {%- set median = segments ~ '.median_' ~ feature -%}
        {%- set quantiles = buyers ~ '.quantiles_' ~ feature -%}
        {%- do medians.append(median) -%}
        {%- do buyers_medians.append(item_of(quantiles, 2) ~ '::double') -%}
        {%- do deviations.append(
            deviation(median, quantiles, buyers ~ '.stddev_' ~ feature)
        ) -%}
    {%- endfor -%}
    {{ return({
        'feature_name': list_of_texts(profile_features()),
        'median_value': list_of(medians),
        'buyers_median': list_of(buyers_medians),
        'deviation': list_of(deviations),
    }) }}
{%- endmacro %}
