{# What a month, or the first events of a user, adds to what is known. `keys` is
   what a row stands for: a user, or a user and how much is seen of them. #}

{# What visits add up to. Days first, because the rule for automatic traffic
   looks at whole days. #}
{% macro visit_sums(sessions, keys) %}
    with

    user_days as (

        select
            {{ keys | join(', ') }},
            visit_date,

            count(*) as session_count,
            {% for column in counts_of_visits() -%}
            sum({{ column }}) as {{ column }},
            {% endfor -%}
            sum(revenue) as revenue,

            bool_or(is_automatic) as has_automatic_session,

            min(started_at) as first_event_at,
            max(ended_at) as last_event_at

        from {{ sessions }}
        group by {{ keys | join(', ') }}, visit_date

    )

    select
        {{ keys | join(', ') }},

        count(*) as active_day_count,
        sum(session_count)::bigint as session_count,
        {% for column in counts_of_visits() -%}
        sum({{ column }})::bigint as {{ column }},
        {% endfor -%}
        coalesce(sum(event_count) filter (
            where {{ is_weekend('visit_date') }}
        ), 0)::bigint as weekend_event_count,
        max(event_count)::bigint as busiest_day_event_count,
        sum(revenue)::decimal(18, 2) as revenue,

        bool_or(has_automatic_session) as has_automatic_session,

        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at

    from user_days
    group by {{ keys | join(', ') }}
{% endmacro %}

{% macro counts_of_visits() -%}
    {{ return([
        'event_count', 'view_count', 'cart_count', 'removal_count',
        'purchase_count', 'refund_count', 'night_event_count',
    ]) }}
{%- endmacro %}

{# What the viewed products cost, and how that compares with their categories,
   joined by `shared` columns. Rounded per row to a fixed number of digits: sums
   of doubles would depend on their order. #}
{% macro viewed_prices(products, category_prices, keys, shared) %}
    select
        {% for key in keys -%}
        products.{{ key }},
        {% endfor %}
        sum(products.viewed_value)::decimal(18, 2) as viewed_value,
        coalesce(sum(products.view_count) filter (
            where prices.median_price > 0
        ), 0)::bigint as levelled_view_count,
        coalesce(sum(
            (products.viewed_value::double / prices.median_price)
                ::decimal(18, 6)
        ), 0)::decimal(18, 6) as price_level_sum

    from {{ products }} as products
    left join {{ category_prices }} as prices
        on
            {% for column in shared -%}
            {{ 'and ' if not loop.first -}}
            products.{{ column }} = prices.{{ column }}
            {% endfor %}
    group by
        {% for key in keys -%}
        products.{{ key }}{{ ',' if not loop.last }}
        {% endfor %}
{% endmacro %}
