{# Of a relation of such inputs, the columns `keys`, and every other one as rows
   of its name and its value. #}
{% macro inputs_as_rows(inputs, keys) -%}
    {{ return(adapter.dispatch('inputs_as_rows')(inputs, keys)) }}
{%- endmacro %}

{% macro duckdb__inputs_as_rows(inputs, keys) -%}
    {%- set others = ['user_id', 'is_eligible', 'is_automatic']
        | reject('in', keys) | list -%}
    unpivot (select * exclude ({{ others | join(', ') }}) from {{ inputs }})
    on columns(* exclude ({{ keys | join(', ') }}))
    into name feature_name value feature_value
{%- endmacro %}

{% macro spark__inputs_as_rows(inputs, keys) -%}
    select
        {{ keys | join(', ') }},
        feature_name,
        feature_value

    from (
        select {{ (keys + readable_columns()) | join(', ') }}
        from {{ inputs }}
    ) as readable unpivot (
        feature_value for feature_name in (
            {{ readable_columns() | join(', ') }}
        )
    )
{%- endmacro %}
