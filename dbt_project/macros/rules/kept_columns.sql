{# The number of a refused line. Spark, where no row has a place of its own,
   tells all lines apart by it. #}
{% macro stored_line_number() -%}
    {{ return(adapter.dispatch('stored_line_number')()) }}
{%- endmacro %}

{% macro duckdb__stored_line_number() -%}
    case when rejection_reason is not null then line_number end
{%- endmacro %}

{% macro spark__stored_line_number() -%}
    line_number
{%- endmacro %}

{# The id of a visit, or what is left of it where `keep_session_ids` is off: a
   keyed hash that is another one for each user and day. #}
{% macro kept_session_id() -%}
    {%- if var('keep_session_ids') -%}
        {{ return('session_id') }}
    {%- endif -%}
    case
        when session_id is not null
            then {{ session_pseudonym(
                "concat_ws(' ', user_id, occurred_at::date, session_id)"
            ) }}
    end as session_id
{%- endmacro %}
