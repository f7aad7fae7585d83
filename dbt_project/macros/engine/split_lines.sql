{# How a line becomes the list of its fields. #}

{# The fields of one line of a delimited file as a list of texts; null where the
   quotes do not match up. Lines without a quote, nearly all, are split at the
   delimiter alone. #}
{% macro split_line(line, layout) -%}
    {%- set split_bare_line = parts_of_text(line, layout.delimiter) -%}
    {%- if layout.has_bare_fields -%}
        {{ return(split_bare_line) }}
    {%- endif -%}
    {{ return(adapter.dispatch('split_quoted_line')(
        line, layout.delimiter, split_bare_line
    )) }}
{%- endmacro %}

{% macro duckdb__split_quoted_line(line, delimiter, split_bare_line) -%}
    {%- set field -%}
        {{ delimiter }}("(?:[^"]|"")*"|[^"{{ delimiter }}][^{{ delimiter }}]*|)
    {%- endset -%}
    case
        when not contains({{ line }}, '"')
            then {{ split_bare_line }}
        when
            regexp_full_match(
                '{{ delimiter }}' || {{ line }}, '({{ field }})+'
            )
            then list_transform(
                regexp_extract_all(
                    '{{ delimiter }}' || {{ line }}, '{{ field }}', 1
                ),
                lambda field: case
                    when starts_with(field, '"')
                        then replace(field[2:-2], '""', '"')
                    else field
                end
            )
    end
{%- endmacro %}

{# The fields without blanks around them. Trimming each field of each line took
   a quarter of the whole load; lines with a blank beside a delimiter or a quote
   are rare, and only those are trimmed. Of files that hold none at all, no line
   is looked at. #}
{% macro trim_fields(fields, line, layout) -%}
    {%- if layout.has_bare_fields -%}
        {{ return(fields) }}
    {%- endif -%}
    {{ return(adapter.dispatch('trim_fields')(fields, line, layout)) }}
{%- endmacro %}

{% macro duckdb__trim_fields(fields, line, layout) -%}
    case
        when contains({{ line }}, '{{ layout.delimiter }} ')
            or contains({{ line }}, ' {{ layout.delimiter }}')
            or contains({{ line }}, '"')
            or starts_with({{ line }}, ' ')
            or suffix({{ line }}, ' ')
            then list_transform({{ fields }}, lambda field: trim(field, ' '))
        else {{ fields }}
    end
{%- endmacro %}
