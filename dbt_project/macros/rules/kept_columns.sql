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
