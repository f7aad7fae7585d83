{# The batches in which the users of a large month, or of all months, are
   computed. #}

{# The last user id of each batch of a month but the last: batches are ranges
   of ids with about `events_in_batch` events each. Empty where the whole month
   is one batch. Of one user in 64, because the ranges need only be about equal;
   which batch a user falls into changes no result. #}
{% macro batch_bounds(month) -%}
    {%- set of_month -%}
        from {{ core_relation('event_lines') }}
        where {{ is_in_month('occurred_at', "date '" ~ month ~ "'") }}
    {%- endset -%}
    {#- Most stores have fewer lines in all: nothing is counted for them. -#}
    {%- set all_lines = run_query(
        "select estimated_size from duckdb_tables()"
        ~ " where database_name = '" ~ target.database
        ~ "' and schema_name = 'core' and table_name = 'event_lines'"
    ) -%}
    {%- if all_lines.rows[0][0] | int < var('events_in_batch') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set line_count = row_count(of_month) -%}
    {%- set batch_count = [
        line_count // var('events_in_batch') + 1, largest_batch_count()
    ] | min -%}
    {%- if batch_count == 1 -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(bounds_of_users(of_month, batch_count)) }}
{%- endmacro %}

{# The same of all users, from the rows of `int_user_months`, of which there is
   one for about five events or more. #}
{% macro bounds_of_all_users() -%}
    {%- set user_months -%}
        from {{ core_relation('int_user_months') }} where true
    {%- endset -%}
    {%- set batch_count
        = row_count(user_months) * 5 // var('events_in_batch') + 1 -%}
    {%- if batch_count == 1 -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(bounds_of_users(user_months, batch_count)) }}
{%- endmacro %}

{% macro row_count(rows) -%}
    {{ return(run_query("select count(*) " ~ rows).rows[0][0] | int) }}
{%- endmacro %}

{# The last user id of each of so many batches but the last. `rows`: from clause
   and conditions. #}
{% macro bounds_of_users(rows, batch_count) -%}
    {%- set shares = [] -%}
    {%- for batch in range(1, batch_count) -%}
        {%- do shares.append(batch / batch_count) -%}
    {%- endfor -%}
    {%- set bounds = run_query(
        "select distinct unnest(quantile_disc(user_id, " ~ shares ~ "))"
        ~ " as last_user " ~ rows ~ " and hash(user_id) % 64 = 0"
        ~ " order by last_user"
    ) -%}
    {%- set last_users = bounds.columns[0].values() | reject('none') -%}
    {{ return(last_users | map('int') | list) }}
{%- endmacro %}

{% macro largest_batch_count() -%}
    {{ return(16) }}
{%- endmacro %}

{# Such bounds as pairs of the first and the last user id. #}
{% macro batches_between(bounds) -%}
    {%- set batches = [] -%}
    {%- set batch = namespace(first_user=smallest_id() | int) -%}
    {%- for last_user in bounds + [largest_id() | int] -%}
        {%- do batches.append((batch.first_user, last_user)) -%}
        {%- set batch.first_user = last_user + 1 -%}
    {%- endfor -%}
    {{ return(batches) }}
{%- endmacro %}

{# Some stores give -1 to a user of theirs. #}
{% macro smallest_id() -%}
    -9223372036854775808
{%- endmacro %}

{% macro largest_id() -%}
    9223372036854775807
{%- endmacro %}
