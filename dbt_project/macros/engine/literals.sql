{# Texts of settings, as literals. #}

{% macro quoted_text(text) -%}
    {{ return("'" ~ text | replace("'", "''") ~ "'") }}
{%- endmacro %}

{# Texts as a list in parentheses. #}
{% macro quoted_list(texts) -%}
    {%- set quoted = [] -%}
    {%- for text in texts -%}
        {%- do quoted.append(quoted_text(text | lower)) -%}
    {%- endfor -%}
    {{ return("(" ~ quoted | join(", ") ~ ")") }}
{%- endmacro %}
