{# What adds up over months, and what visits add to it. `keys` is what a row stands for: a user, or a
   user at a moment; both relations hold them, and nothing but what that row may see. #}
{% macro user_totals(user_months, sessions, keys) %}
    with

    sums as (

        select
            {{ keys | join(', ') }},

            sum(active_day_count)::bigint as active_day_count,
            sum(session_count)::bigint as session_count,
            sum(event_count)::bigint as event_count,
            sum(view_count)::bigint as view_count,
            sum(cart_count)::bigint as cart_count,
            sum(removal_count)::bigint as removal_count,
            sum(purchase_count)::bigint as purchase_count,
            sum(night_event_count)::bigint as night_event_count,
            sum(weekend_event_count)::bigint as weekend_event_count,
            sum(revenue)::decimal(18, 2) as revenue,

            sum(new_product_count)::bigint as product_count,
            sum(new_category_count)::bigint as category_count,
            sum(new_brand_count)::bigint as brand_count,
            max(favourite_category_event_count)
                as favourite_category_event_count,
            max(favourite_brand_event_count) as favourite_brand_event_count,

            {{ ratio('sum(viewed_value)', 'sum(view_count)') }}
                as mean_viewed_price,
            {{ ratio('sum(price_level_sum)', 'sum(levelled_view_count)', 1) }}
                as price_level,

            bool_or(has_automatic_session)
            or max(busiest_day_event_count) > {{ var('max_events_a_day') }}
                as is_automatic,

            min(first_event_at) as first_event_at,
            max(last_event_at) as last_event_at

        from {{ user_months }}
        group by {{ keys | join(', ') }}

    ),

    visit_lengths as (

        select
            {{ keys | join(', ') }},
            median(duration_seconds) as median_session_seconds

        from {{ sessions }}
        group by {{ keys | join(', ') }}

    ),

    joined as (

        select
            sums.*,
            visit_lengths.median_session_seconds

        from sums
        inner join visit_lengths using ({{ keys | join(', ') }})

    )

    select * from joined
{% endmacro %}
