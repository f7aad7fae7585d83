{# What the model does to a user, as formulas. #}

{# The model versions of `segment_model`, one row each: what all segments of a
   version share, and the segments as a list. #}
{% macro model_parameters(segment_model) %}
    select
        model_version,
        feature_names,
        lower_bounds,
        upper_bounds,
        means,
        scales,
        components,
        {{ in_order(record({
            'segment_id': 'segment_id',
            'segment_name': 'segment_name',
            'centroid': 'centroid',
        }), 'segment_id') }} as segments

    from {{ segment_model }}
    group by all
{% endmacro %}

{# A value as the model sees it: capped and standardised with the parameters at
   a place of its lists. #}
{% macro standardised(value, model, place) -%}
    (
        least(
            greatest(
                {{ value }}, {{ item_of(model ~ '.lower_bounds', place) }}
            ),
            {{ item_of(model ~ '.upper_bounds', place) }}
        ) - {{ item_of(model ~ '.means', place) }}
    ) / {{ item_of(model ~ '.scales', place) }}
{%- endmacro %}

{# The features the current model reads, standardised, in its order. #}
{% macro scaled_features(users, model) -%}
    {%- set lists = feature_lists() -%}
    {%- if lists | length > 1 -%}
    case
        when {{ reads_purchase_features(model) }}
            then {{ standardised_list(users, model, lists[1]) }}
        else {{ standardised_list(users, model, lists[0]) }}
    end
    {%- else -%}
    {{ standardised_list(users, model, lists[0]) }}
    {%- endif -%}
{%- endmacro %}

{% macro standardised_list(users, model, features) -%}
    {%- set values = [] -%}
    {%- for feature in features -%}
        {%- do values.append(
            standardised(users ~ '.' ~ feature, model, loop.index)
        ) -%}
    {%- endfor -%}
    {{ list_of(values) }}
{%- endmacro %}
