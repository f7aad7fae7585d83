{# What is computed month by month. #}

{# The month that `computed_by_month` computes at the moment: its first day, and that of the next. #}
{% macro month_start() -%}
    getvariable('month_start')::date
{%- endmacro %}

{% macro month_end() -%}
    (getvariable('month_start')::date + interval 1 month)
{%- endmacro %}

{# Whether a user is in the part that is computed at the moment; all are where none is. #}
{% macro is_in_part(user_id) -%}
    {{ user_id }} between coalesce(getvariable('first_user')::bigint, cast({{ smallest_id() }} as bigint))
    and coalesce(getvariable('last_user')::bigint, {{ largest_id() }})
{%- endmacro %}

{# A table of users as a subquery of those in the part. #}
{% macro users_in_part(table) -%}
    (select * from {{ table }} where {{ is_in_part('user_id') }})
{%- endmacro %}

{% macro set_part(first_user, last_user) -%}
    set variable first_user = cast({{ first_user }} as bigint);
    set variable last_user = cast({{ last_user }} as bigint);
{%- endmacro %}

{# To be run after the last part: other models and unit tests use the same connection. #}
{% macro leave_parts() -%}
    {% do run_query("reset variable first_user; reset variable last_user") %}
{%- endmacro %}

{# Some stores give -1 to a user of theirs. #}
{% macro smallest_id() -%}
    -9223372036854775808
{%- endmacro %}

{% macro largest_id() -%}
    9223372036854775807
{%- endmacro %}

{# The last user id of each part of a month but the last part: parts are ranges of ids with about
   `events_in_part` events each. Empty where the whole month is one part. Of one user in 64, because
   the ranges need only be about equal; which part a user falls into changes no result. #}
{% macro part_bounds(month) -%}
    {%- set of_month -%}
        from {{ core_relation('event_lines') }}
        where
            occurred_at >= date '{{ month }}'
            and occurred_at < date '{{ month }}' + interval 1 month
    {%- endset -%}
    {#- Most stores have fewer lines in all: nothing is counted for them. -#}
    {%- set all_lines = run_query(
        "select estimated_size from duckdb_tables() where database_name = '" ~ target.database
        ~ "' and schema_name = 'core' and table_name = 'event_lines'"
    ) -%}
    {%- if all_lines.rows[0][0] | int < var('events_in_part') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set line_count = run_query("select count(*) " ~ of_month).rows[0][0] | int -%}
    {%- set part_count = [line_count // var('events_in_part') + 1, largest_part_count()] | min -%}
    {%- if part_count == 1 -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(bounds_of_users(of_month, part_count)) }}
{%- endmacro %}

{# The same of all users, from the rows of `int_user_months`, of which there is one for about five
   events or more. #}
{% macro bounds_of_all_users() -%}
    {%- set user_months = "from " ~ core_relation('int_user_months') ~ " where true" -%}
    {%- set row_count = run_query("select count(*) " ~ user_months).rows[0][0] | int -%}
    {%- set part_count = row_count * 5 // var('events_in_part') + 1 -%}
    {{ return(bounds_of_users(user_months, part_count) if part_count > 1 else []) }}
{%- endmacro %}

{# The last user id of each of so many parts but the last. `rows`: from clause and conditions. #}
{% macro bounds_of_users(rows, part_count) -%}
    {%- set shares = [] -%}
    {%- for part in range(1, part_count) -%}
        {%- do shares.append(part / part_count) -%}
    {%- endfor -%}
    {%- set bounds = run_query(
        "select distinct unnest(quantile_disc(user_id, " ~ shares ~ ")) as last_user "
        ~ rows ~ " and hash(user_id) % 64 = 0 order by last_user"
    ) -%}
    {{ return(bounds.columns[0].values() | reject('none') | map('int') | list) }}
{%- endmacro %}

{% macro largest_part_count() -%}
    {{ return(16) }}
{%- endmacro %}

{# Such bounds as pairs of the first and the last user id. #}
{% macro parts_between(bounds) -%}
    {%- set parts = [] -%}
    {%- for last_user in bounds + [largest_id() | int] -%}
        {%- do parts.append((bounds[loop.index0 - 1] + 1 if loop.index0 else smallest_id() | int, last_user)) -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}

{# Where a row of a month is to stand: by part, category and product, as one number, which sorts in
   two thirds of the time that the columns take. Two categories or products that fall together share
   a place, and nothing but room depends on it. #}
{% macro place_on_disk(user_id, category_id, product_id) -%}
    (
        (case
            {%- for part in range(1, largest_part_count()) %}
            when {{ user_id }} <= (getvariable('part_bounds')::bigint[])[{{ part }}] then {{ part }}
            {%- endfor %}
            else 0
        end::ubigint << 60)
        | ((hash({{ category_id }}) & 16777215) << 36)
        | (hash({{ product_id }}) & 68719476735)
    )
{%- endmacro %}

{# Whether such a table, no view, is there now. dbt's own answer comes from a cache that knows no table which a statement
   of this run has made. #}
{% macro is_in_core(name) -%}
    {%- set found = run_query(
        "select 1 from duckdb_tables() where database_name = '" ~ target.database
        ~ "' and schema_name = 'core' and table_name = '" ~ name ~ "'"
    ) -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='core', identifier=name)) }}
{%- endmacro %}
