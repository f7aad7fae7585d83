{# How a line is cut on Spark. #}

{# Java would go down one call for each letter between quotes, were it not told
   never to look back. #}
{% macro spark__split_quoted_line(line, delimiter, split_bare_line) -%}
    {%- set quoted = '"[^"]*+(?:""[^"]*+)*+"' -%}
    {%- set field = delimiter ~ '(' ~ quoted ~ '|[^"' ~ delimiter ~ '][^'
        ~ delimiter ~ ']*+|)' -%}
    case
        when not contains({{ line }}, '"')
            then {{ split_bare_line }}
        when
            regexp_like(
                '{{ delimiter }}' || {{ line }}, '\A(?:{{ field }})+\z'
            )
            then transform(
                regexp_extract_all(
                    '{{ delimiter }}' || {{ line }}, '{{ field }}', 1
                ),
                field -> case
                    when startswith(field, '"')
                        then replace(
                            substr(field, 2, length(field) - 2), '""', '"'
                        )
                    else field
                end
            )
    end
{%- endmacro %}

{% macro spark__trim_fields(fields, line, layout) -%}
    transform({{ fields }}, field -> trim(both ' ' from field))
{%- endmacro %}
