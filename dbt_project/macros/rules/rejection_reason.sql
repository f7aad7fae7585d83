{# Why a line is refused, the first reason that holds, or null. The order goes
   from the line as a whole to its parts, so that a torn line is called torn and
   not "no price". #}
{% macro rejection_reason() -%}
    case
        when line_text is null then 'empty_line'
        when not is_valid_text then 'invalid_text'
        when not has_closed_quotes then 'unclosed_quote'
        when
            (user_id is null or user_id >= {{ first_text_key() }})
            and {{ is_header() }}
            then 'repeated_header'
        when not has_known_columns then 'below_other_header'
        when not is_whole then 'wrong_column_count'
        {% if var('ignored_event_types') -%}
        when {{ is_one_of('event_type', var('ignored_event_types')) }}
            then 'ignored_event_type'
        {% endif -%}
        when user_id_text is null then 'missing_user'
        when user_id is null then 'invalid_user'
        when event_time_text is null then 'missing_time'
        when occurred_at is null then 'invalid_time'
        when occurred_at < timestamp '{{ var('min_event_time') }}'
            then 'time_too_early'
        when occurred_at >= future_from then 'time_in_future'
        when product_id_text is null then 'missing_product'
        when product_id is null then 'invalid_product'
        when event_type is null then 'missing_event_type'
        when not {{ is_one_of('event_type', known_event_types()) }}
            then 'unknown_event_type'
        when price_text is null then 'missing_price'
        {% if has_quantity() -%}
        when quantity is null or quantity = 0 then 'invalid_quantity'
        {% endif -%}
        when price is null then 'invalid_price'
        when price = 0 or (price < 0 and event_type <> 'refund')
            then 'price_not_positive'
        when unit_price > {{ var('max_price') }} then 'price_above_maximum'
    end
{%- endmacro %}
