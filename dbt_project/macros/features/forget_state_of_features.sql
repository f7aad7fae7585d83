{# The command line notes what the features were made from, see `pipeline/state.py`. Whoever makes them
   anew makes that note void, `dbt build` alone too. #}
{% macro forget_state_of_features() -%}
    drop table if exists {{ core_relation('features_state') }}
{%- endmacro %}
