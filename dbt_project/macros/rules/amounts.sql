{# What a line comes to, in shops whose lines have a quantity, or refunds. In
   all others the price is that of one piece, and one event is one piece. #}

{% macro has_quantity() -%}
    {{ return('quantity' in (var('columns') or {})) }}
{%- endmacro %}

{# Pieces, 1 where nothing is said; null where that is not a number. #}
{% macro quantity(text) -%}
    {%- if has_quantity() -%}
        case
            when {{ text }} is null then 1
            else {{ number_of_text(text, 'decimal(12, 3)') }}
        end
    {%- else -%}
        1
    {%- endif -%}
{%- endmacro %}

{# Whether a line takes money back: a refund, or a purchase of fewer than no
   pieces or at less than no price. #}
{% macro is_refund(type) -%}
    (
        {{ type }} = 'refund'
        or ({{ type }} = 'purchase' and (price_read < 0 or quantity < 0))
    )
{%- endmacro %}

{% macro type_with_refunds(type) -%}
    {%- if var('refunds') == 'subtract' -%}
        case when {{ is_refund(type) }} then 'refund' else {{ type }} end
    {%- else -%}
        {{ return(type) }}
    {%- endif -%}
{%- endmacro %}

{# The amount of a purchase or refund is that of all of its pieces, a refund's
   is below zero; of other events, the price of one piece. Where refunds are
   refused, their sign is kept, to be refused by. #}
{% macro amount(type) -%}
    {%- if not has_quantity() and var('refunds') != 'subtract' -%}
        {{ return('price_read') }}
    {%- endif -%}
    {%- set of_line = 'price_read' if var('price_is') == 'line'
        else 'price_read * quantity' -%}
    case
        {%- if var('refunds') == 'subtract' %}
        when {{ is_refund(type) }}
            then try_cast(-abs({{ of_line }}) as decimal(12, 2))
        {%- endif %}
        when {{ type }} in ('purchase', 'refund')
            then try_cast({{ of_line }} as decimal(12, 2))
        else price_read
    end
{%- endmacro %}

{# What `max_price` is compared with. #}
{% macro unit_price(type) -%}
    {%- if has_quantity() and var('price_is') == 'line' -%}
        case
            when {{ type }} in ('purchase', 'refund')
                then abs(price_read / nullif(quantity, 0))
            else price_read
        end
    {%- elif var('refunds') == 'subtract' -%}
        abs(price_read)
    {%- else -%}
        {{ return('price_read') }}
    {%- endif -%}
{%- endmacro %}
