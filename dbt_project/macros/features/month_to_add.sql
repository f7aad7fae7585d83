{# Totals of users grow by a month that is new, where nothing else has changed. #}

{# The month to add to the totals, as a literal; none where they have to be made from all months. A month
   can be added if `int_user_totals` is there, was made by the same formulas from the same months, and
   exactly one month has come to these. Only `dbt build` adds, and not with `--full-refresh`. #}
{% macro month_to_add() -%}
    {%- if not execute or flags.WHICH != 'build' or should_full_refresh()
        or not is_in_core('int_user_totals') or not is_in_core('int_user_totals_state') -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set differences -%}
        select
            known.visit_month is not null as is_stale,
            strftime(present.visit_month, '%Y-%m-%d') as visit_month
        from (select distinct visit_month, built_from from {{ ref('int_user_months') }}) as present
        full join {{ core_relation('int_user_totals_state') }} as known
            on
                present.visit_month = known.visit_month
                and present.built_from = known.built_from
                and known.formulas = '{{ formulas_of_totals() }}'
        where present.visit_month is null or known.visit_month is null
    {%- endset -%}
    {%- set rows = run_query(differences).rows -%}
    {%- if rows | length != 1 or rows[0][0] -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return("date '" ~ rows[0][1] ~ "'") }}
{%- endmacro %}

{# To be run in the transaction that makes `int_user_totals`. #}
{% macro note_months_of_totals() -%}
    create or replace table {{ core_relation('int_user_totals_state') }} as
    select distinct visit_month, built_from, '{{ formulas_of_totals() }}' as formulas
    from {{ ref('int_user_months') }}
{%- endmacro %}

{# A hash of how months and visits are taken together, and of the days that are seen. #}
{% macro formulas_of_totals() -%}
    {{ local_md5(
        user_totals('user_months', 'sessions', ['user_id'])
        ~ grown_totals('totals', 'month', 'sessions')
        ~ is_seen('visit_date')
    ) }}
{%- endmacro %}
