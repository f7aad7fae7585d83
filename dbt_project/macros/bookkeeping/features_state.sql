{# Whether the features are whole, and what they were made from. The rows are
   made here, by plain `dbt build` too; of features that it made, the command
   line fills in what only it knows, see `note_state_of_features` in Python. #}
{% macro create_features_state() -%}
    create table if not exists {{ ops_relation('features_state') }} (
        is_whole boolean,
        state text,
        settings text
    )
{%- endmacro %}

{# From when lines may have changed until the totals are made from them: a run
   that dies in between leaves months that are missing or new beside totals that
   are old, of which no segment may be made. #}
{% macro outdate_features() -%}
    {{ replace_features_state('false') }}
{%- endmacro %}

{# To be run in the transaction that makes `int_user_totals`. #}
{% macro note_whole_features() -%}
    {{ replace_features_state('true') }}
{%- endmacro %}

{# To be run where the features are defined anew: nobody knows whether they are
   what was noted. #}
{% macro forget_origin_of_features() -%}
    {{ return(adapter.dispatch('forget_origin_of_features')()) }}
{%- endmacro %}

{# They are written down there after every build. #}
{% macro spark__forget_origin_of_features() -%}
    {{ return('') }}
{%- endmacro %}

{% macro duckdb__forget_origin_of_features() -%}
    update {{ ops_relation('features_state') }}
    set state = null, settings = null
{%- endmacro %}

{% macro replace_features_state(is_whole) -%}
    {{ return(adapter.dispatch('replace_features_state')(is_whole)) }}
{%- endmacro %}

{% macro duckdb__replace_features_state(is_whole) -%}
    delete from {{ ops_relation('features_state') }};
    insert into {{ ops_relation('features_state') }}
    values ({{ is_whole }}, null, null)
{%- endmacro %}

{% macro spark__replace_features_state(is_whole) -%}
    insert overwrite table {{ ops_relation('features_state') }}
    values ({{ is_whole }}, null, null)
{%- endmacro %}
