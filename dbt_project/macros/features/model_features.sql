{# Which columns of `segment_inputs` the model reads: `model_features`, or
   `purchase_features` in a store that logs nothing but purchases, see
   `is_purchases_only` in `store_totals`. #}

{# Both lists, or one where they are the same. #}
{% macro feature_lists() -%}
    {%- set for_purchases = var('purchase_features') -%}
    {%- if for_purchases and for_purchases != var('model_features') -%}
        {{ return([var('model_features'), for_purchases]) }}
    {%- endif -%}
    {{ return([var('model_features')]) }}
{%- endmacro %}

{# Whether a version of the model reads the second list. #}
{% macro reads_purchase_features(model) -%}
    {{ model }}.feature_names = {{ list_of_texts(feature_lists() | last) }}
{%- endmacro %}

{# Their values for each of `users`, as a list in the order of the model. #}
{% macro model_feature_values(users, is_purchases_only) -%}
    {%- set lists = feature_lists() -%}
    {%- if lists | length > 1 -%}
    case
        when {{ is_purchases_only }}
            then {{ list_of_columns(users, lists[1]) }}
        else {{ list_of_columns(users, lists[0]) }}
    end
    {%- else -%}
    {{ list_of_columns(users, lists[0]) }}
    {%- endif -%}
{%- endmacro %}

{# A setting that names what the contract of `segment_inputs` does not is an
   error before any file is loaded. #}
{% macro check_model_features() -%}
    {%- if execute -%}
        {%- set inputs = 'model.' ~ project_name ~ '.segment_inputs' -%}
        {%- set read = feature_lists() | sum(start=[]) -%}
        {%- for unknown in read | reject('in', graph.nodes[inputs].columns) -%}
            {%- do exceptions.raise_compiler_error(
                "model_features or purchase_features names '" ~ unknown
                ~ "', which no model can read: name columns of segment_inputs."
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
