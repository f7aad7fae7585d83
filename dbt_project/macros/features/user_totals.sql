{# What adds up over months, and what visits add to it. `keys` is what a row
   stands for: a user, or a user at a moment; both relations hold them, and
   nothing but what that row may see. #}
{% macro user_totals(user_months, sessions, keys) %}
    with

    sums as (

        select
            {{ keys | join(', ') }},

            {% for total, of_month, type in columns_that_add_up() -%}
            sum({{ of_month }})::{{ type }} as {{ total }},
            {% endfor %}
            max(favourite_category_event_count)
                as favourite_category_event_count,
            max(favourite_brand_event_count) as favourite_brand_event_count,

            bool_or({{ is_automatic_in_month() }}) as is_automatic,

            min(first_event_at) as first_event_at,
            max(last_event_at) as last_event_at

        from {{ user_months }}
        group by {{ keys | join(', ') }}

    ),

    visit_lengths as ({{ visit_lengths(sessions, keys) }}),

    joined as (

        select
            sums.*,
            visit_lengths.median_session_seconds

        from sums
        inner join visit_lengths using ({{ keys | join(', ') }})

    )

    select * from joined
{% endmacro %}

{# Of each: the column of a total, that of a month which is summed, and the type
   of the sum. #}
{% macro columns_that_add_up() -%}
    {{ return([
        ('active_day_count', 'active_day_count', 'bigint'),
        ('session_count', 'session_count', 'bigint'),
        ('event_count', 'event_count', 'bigint'),
        ('view_count', 'view_count', 'bigint'),
        ('cart_count', 'cart_count', 'bigint'),
        ('removal_count', 'removal_count', 'bigint'),
        ('purchase_count', 'purchase_count', 'bigint'),
        ('refund_count', 'refund_count', 'bigint'),
        ('night_event_count', 'night_event_count', 'bigint'),
        ('weekend_event_count', 'weekend_event_count', 'bigint'),
        ('revenue', 'revenue', 'decimal(18, 2)'),
        ('product_count', 'new_product_count', 'bigint'),
        ('category_count', 'new_category_count', 'bigint'),
        ('brand_count', 'new_brand_count', 'bigint'),
        ('viewed_value', 'viewed_value', 'decimal(18, 2)'),
        ('levelled_view_count', 'levelled_view_count', 'bigint'),
        ('price_level_sum', 'price_level_sum', 'decimal(18, 6)'),
    ]) }}
{%- endmacro %}

{% macro is_automatic_in_month() -%}
    has_automatic_session
    or busiest_day_event_count > {{ var('max_events_a_day') }}
{%- endmacro %}

{% macro visit_lengths(sessions, keys) %}
    select
        {{ keys | join(', ') }},
        median(duration_seconds) as median_session_seconds

    from {{ sessions }}
    group by {{ keys | join(', ') }}
{% endmacro %}
