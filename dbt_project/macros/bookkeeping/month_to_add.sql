{# Totals of users grow by a month that is new, where nothing else has
   changed. #}

{# The month to add to the totals, as a literal; none where they have to be made
   from all months. A month can be added if `int_user_totals` is there, was made
   by the same formulas from the same months, and exactly one month has come to
   these. Only `dbt build` adds, and not with `--full-refresh`. #}
{% macro month_to_add() -%}
    {{ return(adapter.dispatch('month_to_add')()) }}
{%- endmacro %}

{# Totals are rewritten there in any case. #}
{% macro spark__month_to_add() -%}
    {{ return(none) }}
{%- endmacro %}

{% macro duckdb__month_to_add() -%}
    {%- if not execute or flags.WHICH != 'build' or should_full_refresh()
        or not is_table('core', 'int_user_totals') -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set differences -%}
        with known as (

            select * from {{ ops_relation('months_built') }}
            where table_name = 'int_user_totals'

        )

        select strftime(present.visit_month, '%Y-%m-%d') as new_month
        from ({{ months_of_totals() }}) as present
        full join known using (visit_month, built_from)
        where
            (present.visit_month is null or known.visit_month is null)
            -- Without a note, nobody knows what the totals hold.
            and exists (from known)
            -- Whoever scores a customer alone needs the whole formula.
            and exists (
                from {{ ops_relation('scoring_queries') }}
                where name = 'int_user_totals'
            )
    {%- endset -%}
    {%- set rows = run_query(differences).rows -%}
    {%- if rows | length != 1 or rows[0][0] is none -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return("date '" ~ rows[0][0] ~ "'") }}
{%- endmacro %}
