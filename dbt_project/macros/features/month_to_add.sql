{# Totals of users grow by a month that is new, where nothing else has changed. #}

{# The month to add to the totals, as a literal; none where they have to be made from all months. A month
   can be added if `int_user_totals` is there, was made by the same formulas from the same months, and
   exactly one month has come to these. Only `dbt build` adds, and not with `--full-refresh`. #}
{% macro month_to_add() -%}
    {%- if not execute or flags.WHICH != 'build' or should_full_refresh()
        or not is_in_core('int_user_totals') -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set differences -%}
        select
            known.visit_month is not null as is_stale,
            strftime(present.visit_month, '%Y-%m-%d') as visit_month
        from ({{ months_of_totals() }}) as present
        full join (from {{ months_built() }} where table_name = 'int_user_totals') as known
            using (visit_month, built_from)
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
    delete from {{ months_built() }} where table_name = 'int_user_totals';
    insert into {{ months_built() }} {{ months_of_totals() }}
{%- endmacro %}

{# What totals of all months are built from. #}
{% macro months_of_totals() -%}
    select
        'int_user_totals' as table_name,
        visit_month,
        hash(built_from, '{{ formulas_of_totals() }}') as built_from
    from {{ months_built() }}
    where table_name = 'int_user_months'
{%- endmacro %}

{# A hash of how months and visits are taken together, and of the days that are seen. #}
{% macro formulas_of_totals() -%}
    {{ local_md5(
        user_totals('user_months', 'sessions', ['user_id'])
        ~ grown_totals('totals', 'month', 'sessions')
        ~ is_seen('visit_date')
    ) }}
{%- endmacro %}
