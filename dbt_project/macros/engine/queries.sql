{# How queries are put together. #}

{# All columns but some, as in `select {{ all_but(['a']) }} from b`. #}
{% macro all_but(columns, of=none) -%}
    {{ return(adapter.dispatch('all_but')(columns, of)) }}
{%- endmacro %}

{% macro duckdb__all_but(columns, of) -%}
    {{ of ~ '.' if of }}* exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__all_but(columns, of) -%}
    {{ of ~ '.' if of }}* except ({{ columns | join(', ') }})
{%- endmacro %}

{# Statements of a hook, one after the other. Spark takes one at a time, so
   there they are run here, and nothing is left to the hook. #}
{% macro in_turn(statements) -%}
    {{ return(adapter.dispatch('in_turn')(statements)) }}
{%- endmacro %}

{% macro duckdb__in_turn(statements) -%}
    {{ statements | join(';\n') }}
{%- endmacro %}

{% macro spark__in_turn(statements) -%}
    {%- for statement in statements if execute and statement | trim -%}
        {%- do run_query(statement) -%}
    {%- endfor -%}
{%- endmacro %}

{# The order in which the rows of a table are stored; no result depends on it.
   Spark sorts what each task writes, and nothing as a whole. #}
{% macro stored_by(columns) -%}
    {{ return(adapter.dispatch('stored_by')(columns)) }}
{%- endmacro %}

{% macro duckdb__stored_by(columns) -%}
    order by {{ columns }}
{%- endmacro %}

{% macro spark__stored_by(columns) -%}
    sort by {{ columns }}
{%- endmacro %}

{# Says that a common table expression is not to be copied; Spark copies
   none. #}
{% macro not_materialized() -%}
    {{ return(adapter.dispatch('not_materialized')()) }}
{%- endmacro %}

{% macro duckdb__not_materialized() -%}
    not materialized
{%- endmacro %}

{% macro spark__not_materialized() -%}
{%- endmacro %}
