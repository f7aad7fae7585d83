{# What each month of each table by month, and of `int_user_totals`, was built
   from. #}
{% macro create_months_built() -%}
    create table if not exists {{ ops_relation('months_built') }} (
        table_name text,
        visit_month date,
        built_from ubigint
    )
{%- endmacro %}

{% macro note_month_built(table_name, month, built_from) -%}
    {{ return(adapter.dispatch('note_month_built')(
        table_name, month, built_from
    )) }}
{%- endmacro %}

{% macro duckdb__note_month_built(table_name, month, built_from) -%}
    insert into {{ ops_relation('months_built') }}
    values ('{{ table_name }}', date '{{ month }}', {{ built_from }}::ubigint)
{%- endmacro %}

{# Nobody knows any more what a table holds, or some of its months. #}
{% macro forget_months_built(table_name, condition='true') -%}
    delete from {{ ops_relation('months_built') }}
    where table_name = '{{ table_name }}' and {{ condition }}
{%- endmacro %}

{# To be run in the transaction that makes `int_user_totals`; of totals that
   `--empty` made, nothing is noted. #}
{% macro note_months_of_totals() -%}
    {{ return(adapter.dispatch('note_months_of_totals')()) }}
{%- endmacro %}

{% macro duckdb__note_months_of_totals() -%}
    {{ forget_months_built('int_user_totals') }};
    insert into {{ ops_relation('months_built') }} {{ months_of_totals() }}
    {{- ' limit 0' if flags.EMPTY }}
{%- endmacro %}

{# What the totals of all months are built from: what users did in each, and the
   visits. #}
{% macro months_of_totals() -%}
    select
        'int_user_totals' as table_name,
        visit_month,
        hash(
            list((table_name, built_from) order by table_name),
            '{{ formulas_of_totals() }}'
        ) as built_from
    from {{ ops_relation('months_built') }}
    where table_name in ('int_sessions', 'int_user_months')
    group by visit_month
{%- endmacro %}

{# A hash of how months and visits are taken together, and of the days that are
   seen. #}
{% macro formulas_of_totals() -%}
    {{ local_md5(
        model.raw_code
        ~ user_totals('user_months', 'sessions', ['user_id'])
        ~ grown_totals('totals', 'month', 'sessions')
        ~ is_seen('visit_date')
    ) }}
{%- endmacro %}
