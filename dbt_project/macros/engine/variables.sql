{# What a model by month or by batches of users is told while it runs:
   variables of the connection. #}

{# The first day of the month that `computed_by_month` computes at the
   moment. #}
{% macro month_start() -%}
    {{ return(adapter.dispatch('month_start')()) }}
{%- endmacro %}

{% macro duckdb__month_start() -%}
    getvariable('month_start')::date
{%- endmacro %}

{# A place that `computed_by_month` fills. #}
{% macro spark__month_start() -%}
    date '0001-02-03'
{%- endmacro %}

{# Whether an instant lies in a month, by default the one that is computed at
   the moment. #}
{% macro is_in_month(instant, month=none) -%}
    {%- set first_day = month or month_start() -%}
    (
        {{ instant }} >= {{ first_day }}
        and {{ instant }} < {{ first_day }} + interval 1 month
    )
{%- endmacro %}

{# Whether a user is in the batch that is computed now; all are where
   none is. #}
{% macro is_in_batch(user_id) -%}
    {{ return(adapter.dispatch('is_in_batch')(user_id)) }}
{%- endmacro %}

{% macro duckdb__is_in_batch(user_id) -%}
    {{ user_id }} between coalesce(
        getvariable('first_user')::bigint, cast({{ smallest_id() }} as bigint)
    )
    and coalesce(getvariable('last_user')::bigint, {{ largest_id() }})
{%- endmacro %}

{# Spark has tasks of its own. #}
{% macro spark__is_in_batch(user_id) -%}
    true
{%- endmacro %}

{# A table of users as a subquery of those in the batch. #}
{% macro users_in_batch(table) -%}
    (select * from {{ table }} where {{ is_in_batch('user_id') }})
{%- endmacro %}

{% macro set_batch(first_user, last_user) -%}
    set variable first_user = cast({{ first_user }} as bigint);
    set variable last_user = cast({{ last_user }} as bigint);
{%- endmacro %}

{# To be run after the last batch: other models and unit tests use the same
   connection. #}
{% macro leave_batches() -%}
    {% do adapter.execute(
        "reset variable first_user; reset variable last_user"
    ) %}
{%- endmacro %}

{# How many threads the engine has; Spark shares its work by itself. #}
{% macro thread_count() -%}
    {{ return(adapter.dispatch('thread_count')()) }}
{%- endmacro %}

{% macro duckdb__thread_count() -%}
    current_setting('threads')
{%- endmacro %}

{% macro spark__thread_count() -%}
    1
{%- endmacro %}
