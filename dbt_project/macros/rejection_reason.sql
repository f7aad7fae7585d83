{# Why a line is refused, the first reason that holds, or null. The order goes from the line as a
   whole to its parts, so that a torn line is called torn and not "no price". #}
{% macro rejection_reason() -%}
    case
        when line_text is null then 'empty_line'
        when not is_whole then 'wrong_column_count'
        when user_id_text is null then 'missing_user'
        when user_id is null then 'invalid_user'
        when event_time_text is null then 'missing_time'
        when occurred_at is null then 'invalid_time'
        when occurred_at < timestamp '{{ var('min_event_time') }}' then 'time_too_early'
        when occurred_at >= end_of_belief then 'time_in_future'
        when product_id_text is null then 'missing_product'
        when product_id is null then 'invalid_product'
        when event_type is null then 'missing_event_type'
        when event_type not in (
            {%- for event_type in var('event_types') -%}
            '{{ event_type }}'{{ ', ' if not loop.last }}
            {%- endfor -%}
        ) then 'unknown_event_type'
        when price_text is null then 'missing_price'
        when price is null then 'invalid_price'
        when price <= 0 then 'price_not_positive'
        when price > {{ var('max_price') }} then 'price_above_maximum'
    end
{%- endmacro %}
