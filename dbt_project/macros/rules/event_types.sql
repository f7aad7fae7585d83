{# What happened, in our words. #}

{# The type that a text of a file means: the text itself, or what
   `event_type_names` says. The names of ours stay what they are. #}
{% macro event_type(text) -%}
    {%- if not var('event_type_names') -%}
        {{ return(lower_case(text)) }}
    {%- endif -%}
    {%- set names = var('event_type_names') %}
    case {{ lower_case(text) }}
        {%- for theirs, ours in (names.items() if names is mapping else []) %}
        when {{ quoted_text(theirs | lower) }} then {{ quoted_text(ours) }}
        {%- endfor %}
        else {{ lower_case(text) }}
    end
{%- endmacro %}

{# Those of `event_types`, and refunds where they count. #}
{% macro known_event_types() -%}
    {%- set more = ['refund'] if var('refunds') == 'subtract' else [] -%}
    {{ return((var('event_types') | list) + more) }}
{%- endmacro %}

{# Whether a type is one of these. Not `in`: DuckDB makes a join of a list of
   six, and no join keeps the order of the lines. #}
{% macro is_one_of(type, types) -%}
    {%- set texts = [quoted_list(types)[1:-1]] -%}
    {{ return(adapter.dispatch('is_one_of')(type, texts)) }}
{%- endmacro %}

{% macro duckdb__is_one_of(type, texts) -%}
    list_contains({{ list_of(texts) }}::text[], {{ type }})
{%- endmacro %}

{% macro spark__is_one_of(type, texts) -%}
    array_contains({{ list_of(texts) }}, {{ type }})
{%- endmacro %}

{# The event type whose other names in `likely_event_types` a text is, whatever
   stands between its letters; null for any other text. #}
{% macro likely_event_type(text) -%}
    case
        {%- for ours, names in var('likely_event_types').items() %}
        {%- set their_names = [ours | replace('_', '')] + names %}
        when
            {{ replace_matches(text, '[^a-z]', '') }}
            in {{ quoted_list(their_names) }}
            then '{{ ours }}'
        {%- endfor %}
    end
{%- endmacro %}
