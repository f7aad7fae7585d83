{# What is computed month by month. #}

{# The month that `computed_by_month` computes at the moment: its first day, and that of the next. #}
{% macro month_start() -%}
    getvariable('month_start')::date
{%- endmacro %}

{% macro month_end() -%}
    (getvariable('month_start')::date + interval 1 month)
{%- endmacro %}

{# What the rows of this month are built from, to be noted beside each of them. #}
{% macro built_from() -%}
    getvariable('built_from')::ubigint
{%- endmacro %}

{# Whether a user is in the part of the month that is computed at the moment. #}
{% macro is_in_part(user_id) -%}
    {{ user_id }} between coalesce(getvariable('first_user')::bigint, 0)
    and coalesce(getvariable('last_user')::bigint, {{ largest_id() }})
{%- endmacro %}

{% macro largest_id() -%}
    9223372036854775807
{%- endmacro %}

{# The parts of a month: pairs of the first and the last user id, with about as many rows of `relation`
   in each; one part without a relation. The ranges are about equal, nothing depends on them. #}
{% macro parts_of_month(month, relation) -%}
    {%- set whole = [(0, largest_id())] -%}
    {%- if relation is none -%}
        {{ return(whole) }}
    {%- endif -%}
    {%- set rows = core_relation(relation) ~ " where visit_month = date '" ~ month ~ "'" -%}
    {%- set row_count = run_query("select count(*) from " ~ rows).rows[0][0] | int -%}
    {%- set part_count = row_count // var('rows_in_part') + 1 -%}
    {%- if part_count == 1 -%}
        {{ return(whole) }}
    {%- endif -%}
    {%- set shares = [] -%}
    {%- for part in range(1, part_count) -%}
        {%- do shares.append(part / part_count) -%}
    {%- endfor -%}
    {%- set bounds = run_query(
        "select distinct unnest(approx_quantile(user_id, " ~ shares ~ ")) as last_user from " ~ rows
        ~ " order by last_user"
    ).columns[0].values() | map('int') | list -%}
    {%- set parts = [] -%}
    {%- for last_user in bounds + [largest_id() | int] -%}
        {%- do parts.append((bounds[loop.index0 - 1] + 1 if loop.index0 else 0, last_user)) -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}

{# Whether it is there now. dbt's own answer comes from a cache that knows no table which a statement
   of this run has made. #}
{% macro is_in_core(name) -%}
    {%- set found = run_query(
        "select 1 from information_schema.tables where table_catalog = '" ~ target.database
        ~ "' and table_schema = 'core' and table_name = '" ~ name ~ "'"
    ) -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='core', identifier=name)) }}
{%- endmacro %}
