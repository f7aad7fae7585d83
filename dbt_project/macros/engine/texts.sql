{# What is asked of texts. #}

{# Whether a whole text has the form of a pattern. Patterns are such as RE2 and
   Java read alike: no classes in brackets of their own, no look-around. #}
{% macro full_match(text, pattern, ignoring_case=false) -%}
    {{ return(adapter.dispatch('full_match')(text, pattern, ignoring_case)) }}
{%- endmacro %}

{% macro duckdb__full_match(text, pattern, ignoring_case) -%}
    regexp_full_match(
        {{ text }}, '{{ pattern }}'{{ ", 'i'" if ignoring_case }}
    )
{%- endmacro %}

{% macro spark__full_match(text, pattern, ignoring_case) -%}
    regexp_like(
        {{ text }}, '\A{{ '(?i)' if ignoring_case }}(?:{{ pattern }})\z'
    )
{%- endmacro %}

{# A text with another one in the place of everything that matches. #}
{% macro replace_matches(text, pattern, other) -%}
    {{ return(adapter.dispatch('replace_matches')(text, pattern, other)) }}
{%- endmacro %}

{% macro duckdb__replace_matches(text, pattern, other) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ other }}', 'g')
{%- endmacro %}

{% macro spark__replace_matches(text, pattern, other) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ other }}')
{%- endmacro %}

{# Small letters. Java makes two of the capital I with a dot, `VİEW` no view. #}
{% macro lower_case(text) -%}
    {{ return(adapter.dispatch('lower_case')(text)) }}
{%- endmacro %}

{% macro duckdb__lower_case(text) -%}
    lower({{ text }})
{%- endmacro %}

{% macro spark__lower_case(text) -%}
    lower(replace({{ text }}, 'İ', 'i'))
{%- endmacro %}

{# What a text holds between delimiters, as a list. #}
{% macro parts_of_text(text, delimiter) -%}
    {{ return(adapter.dispatch('parts_of_text')(text, delimiter)) }}
{%- endmacro %}

{% macro duckdb__parts_of_text(text, delimiter) -%}
    string_split({{ text }}, '{{ delimiter }}')
{%- endmacro %}

{% macro spark__parts_of_text(text, delimiter) -%}
    split({{ text }}, '\Q{{ delimiter }}\E', -1)
{%- endmacro %}

{# `%20` and its like as letters; a plus is one. #}
{% macro decoded_path(text) -%}
    {{ return(adapter.dispatch('decoded_path')(text)) }}
{%- endmacro %}

{% macro duckdb__decoded_path(text) -%}
    url_decode({{ text }})
{%- endmacro %}

{% macro spark__decoded_path(text) -%}
    try_url_decode(replace({{ text }}, '+', '%2B'))
{%- endmacro %}

{# A text as a UUID, null where it is none or written otherwise than a UUID is.
   Spark has no such type. #}
{% macro uuid_of_text(text) -%}
    {{ return(adapter.dispatch('uuid_of_text')(text)) }}
{%- endmacro %}

{% macro duckdb__uuid_of_text(text) -%}
    {#- To look costs more than to keep it. -#}
    {%- if has_pseudonyms() -%}
        {{ return('null::uuid') }}
    {%- endif -%}
    case
        when try_cast({{ text }} as uuid)::text = {{ text }}
            then try_cast({{ text }} as uuid)
    end
{%- endmacro %}

{% macro spark__uuid_of_text(text) -%}
    null::string
{%- endmacro %}
