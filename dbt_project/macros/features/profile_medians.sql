{# Who a feature says something of, as a filter of an aggregate: a median of
   money over those who never bought is 0 for nearly every segment of nearly
   every store. #}
{% macro among_those_with(feature) -%}
    {%- if 'order' in feature or 'revenue' in feature
        or 'purchase_count' in feature -%}
        filter (where order_count > 0)
    {%- elif feature in ['cart_to_purchase_rate', 'removal_rate'] -%}
        filter (where cart_count > 0)
    {%- endif -%}
{%- endmacro %}

{# How far a median lies from everyone's, in spreads: 0 for a constant, null
   where nobody has one. #}
{% macro deviation(median, quantiles, deviation) -%}
    case
        when {{ median }} is not null
            then coalesce(
                ({{ median }} - {{ quantiles }}[2]::double)
                / {{ spread(quantiles, deviation) }}, 0
            )
    end
{%- endmacro %}
