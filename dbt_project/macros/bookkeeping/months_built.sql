{# What each month of each such table, and of `int_user_totals`, was built from. One row per table and
   month. #}
{% macro months_built() -%}
    {{ return(core_relation('months_built')) }}
{%- endmacro %}

{# Before any such table, `loaded_by_file` does it: two of them at a time might get in each other's way. #}
{% macro create_months_built() -%}
    {% do run_query(
        "create table if not exists " ~ months_built()
        ~ " (table_name text, visit_month date, built_from ubigint)"
    ) %}
{%- endmacro %}

{# To be run in the transaction that makes `int_user_totals`; of totals that `--empty` made, nothing is
   noted. #}
{% macro note_months_of_totals() -%}
    delete from {{ months_built() }} where table_name = 'int_user_totals';
    insert into {{ months_built() }} {{ months_of_totals() }}
    {{- ' limit 0' if flags.EMPTY }}
{%- endmacro %}

{# What the totals of all months are built from: what users did in each, and the visits. #}
{% macro months_of_totals() -%}
    select
        'int_user_totals' as table_name,
        visit_month,
        hash(
            list((table_name, built_from) order by table_name),
            '{{ formulas_of_totals() }}'
        ) as built_from
    from {{ months_built() }}
    where table_name in ('int_sessions', 'int_user_months')
    group by visit_month
{%- endmacro %}

{# A hash of how months and visits are taken together, and of the days that are seen. #}
{% macro formulas_of_totals() -%}
    {{ local_md5(
        model.raw_code
        ~ user_totals('user_months', 'sessions', ['user_id'])
        ~ grown_totals('totals', 'month', 'sessions')
        ~ is_seen('visit_date')
    ) }}
{%- endmacro %}
