{# The command line notes what the features were made from, see `pipeline/warehouse/state.py`. Whoever makes them
   anew makes that note void, `dbt build` alone too. #}
{% macro forget_state_of_features() -%}
    drop table if exists {{ core_relation('features_state') }}
{%- endmacro %}

{# From when lines may have changed until the totals are made from them: a run that dies in between
   leaves months that are missing or new beside totals that are old, of which no segment may be made. #}
{% macro outdate_features() -%}
    create or replace table {{ core_relation('features_state') }} as select 'outdated' as state
{%- endmacro %}
