{# The limits of Wilson's interval (95 %) for a share of so many, which holds
   for small numbers and for shares near 0 and 1. #}

{% macro wilson_lower(rate, total) -%}
    greatest(
        0, {{ wilson_centre(rate, total) }} - {{ wilson_half(rate, total) }}
    )
{%- endmacro %}

{% macro wilson_upper(rate, total) -%}
    least(1, {{ wilson_centre(rate, total) }} + {{ wilson_half(rate, total) }})
{%- endmacro %}

{# The square of 1.96, the 97.5 % quantile of the normal distribution. #}
{% macro wilson_square() -%}
    3.841458820694124
{%- endmacro %}

{% macro wilson_centre(rate, total) -%}
    ({{ rate }} + {{ wilson_square() }} / (2 * {{ total }}))
    / (1 + {{ wilson_square() }} / {{ total }})
{%- endmacro %}

{% macro wilson_half(rate, total) -%}
    sqrt(
        {{ wilson_square() }} * (
            {{ rate }} * (1 - {{ rate }}) / {{ total }}
            + {{ wilson_square() }} / (4 * {{ total }} * {{ total }})
        )
    ) / (1 + {{ wilson_square() }} / {{ total }})
{%- endmacro %}
