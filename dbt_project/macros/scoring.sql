{# What the model does to a user, as formulas. #}

{# The features the model reads, capped and standardised with its parameters, in its order. #}
{% macro scaled_features(users, model) -%}
    [
        {%- for feature in var('model_features') %}
        (
            least(
                greatest({{ users }}.{{ feature }}, {{ model }}.lower_caps[{{ loop.index }}]),
                {{ model }}.upper_caps[{{ loop.index }}]
            ) - {{ model }}.means[{{ loop.index }}]
        ) / {{ model }}.scales[{{ loop.index }}]
        {{- ',' if not loop.last }}
        {%- endfor %}
    ]
{%- endmacro %}

{# Coordinates on the model's principal components. The mean of the components is folded into the
   centroids, so that this is a matrix product and nothing else. #}
{% macro project(scaled, components) -%}
    list_transform(
        {{ components }},
        lambda component: list_dot_product({{ scaled }}, component)
    )
{%- endmacro %}

{# An order of users that has nothing to do with anything, the same on every machine and version. #}
{% macro sampling_hash(user_id) -%}
    md5({{ user_id }}::text)
{%- endmacro %}
