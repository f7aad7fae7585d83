{# Ids as they come. A whole number is its own key, and nothing is kept beside
   it. Any other text (an e-mail address, a UUID, `007`) has a key made of it,
   which no number has, and stands once in `core.texts_of_ids`. Keys are bigint
   in every table: nothing below the files knows the difference. Pseudonyms of
   users are keyed hashes in their place: `pseudonyms.sql`. #}

{# The first key that stands for a text. A number as large is taken for a
   text. #}
{% macro first_text_key() -%}
    4611686018427387904
{%- endmacro %}

{# What stands around a number and is not seen: tabs, blanks that do not break,
   marks of byte order. #}
{% macro unseen_letters() -%}
    {{ return('[ \\t\\n\\f\\r\\x{00a0}\\x{200b}\\x{feff}]*') }}
{%- endmacro %}

{# The key of an id, null where it is none: what a spreadsheet left of a long
   number (`2.05301E+18`), a fraction, more than 255 letters. Six digits behind
   a point are no fraction: Google Analytics writes two numbers so
   (`1026454.4271112504`). A number with a zero fraction, as pandas writes ids
   beside empty fields, is that number. What looks the same when it is written
   again is a whole number; comparing costs half of matching a pattern. #}
{% macro id_key(text) -%}
    case
        when try_cast({{ text }} as bigint)::string = {{ text }}
            and try_cast({{ text }} as bigint) < {{ first_text_key() }}
            then try_cast({{ text }} as bigint)
        when {{ full_match(text, '-?(0|[1-9][0-9]{0,17})[.]0+') }}
            then try_cast(regexp_replace({{ text }}, '[.]0+$', '') as bigint)
        when {{ full_match(
            text,
            unseen_letters() ~ '-?(0|[1-9][0-9]{0,17})' ~ unseen_letters()
        ) }}
            then try_cast(regexp_extract({{ text }}, '-?[0-9]+', 0) as bigint)
        when {{ full_match(
            text, '[+-]?[0-9]+([.,][0-9]{1,5}|([.,][0-9]+)?[eE][+-][0-9]+)'
        ) }}
            then null
        when {{ full_match(text, no_id(), ignoring_case=true) }} then null
        when length({{ text }}) <= 255
            then {{ key_of_text(seen_text(text)) }}
    end
{%- endmacro %}

{# The text of an id, null where its key is the number itself. #}
{% macro text_beside_key(key, text) -%}
    case when {{ key }} >= {{ first_text_key() }} then {{ seen_text(text) }} end
{%- endmacro %}

{# What programs write where there is no id, in any letter case; nobody is
   called so. #}
{% macro no_id() -%}
    {{ return(
        unseen_letters() ~ '(null|undefined|none|nan|n/a|\\(not set\\))?'
        ~ unseen_letters()
    ) }}
{%- endmacro %}

{# A text without what stands around it and is not seen. #}
{% macro seen_text(text) -%}
    {{ return(adapter.dispatch('seen_text')(text)) }}
{%- endmacro %}

{% macro duckdb__seen_text(text) -%}
    trim(
        {{ text }},
        ' ' || chr(9) || chr(160) || chr(8203) || chr(65279)
    )
{%- endmacro %}

{# Spark makes letters of one byte only. #}
{% macro spark__seen_text(text) -%}
    trim(both ' {{ '\t\u00a0\u200b\ufeff' }}' from {{ text }})
{%- endmacro %}
