{# The rhythm of the orders, the visits of `sessions` that bought something, and
   the scores of buyers. `keys` as in `user_totals`; `as_of` is the first day
   that a row does not see. The scores compare rows that differ in nothing but
   the user. #}
{% macro user_orders(sessions, keys, as_of) %}
    {%- set others = keys | reject('equalto', 'user_id') | list %}
    with

    with_previous as (

        select
            {{ keys | join(', ') }},
            visit_date,
            revenue,
            purchase_count > 0 as is_order,
            -- Two orders of a day are 0 days apart, whichever came first.
            case
                when purchase_count > 0
                    then {{ days_between(
                        'lag(visit_date) over in_order', 'visit_date'
                    ) }}
            end as days_since_previous

        from {{ sessions }}
        -- A visit that only took money back counts in the money, not as an
        -- order.
        where purchase_count > 0 or revenue <> 0
        window in_order as (
            partition by {{ keys | join(', ') }}, purchase_count > 0
            order by visit_date
        )

    ),

    -- The spread comes from whole numbers, exactly: a running mean of doubles
    -- would depend on the order in which rows are added.
    sums as (

        select
            {{ keys | join(', ') }},

            count(*) filter (where is_order) as order_count,
            {% for days in window_days() -%}
            count(*) filter (
                where is_order and visit_date >= {{ as_of }} - {{ days }}
            ) as order_count_{{ days }}d,
            coalesce(sum(revenue) filter (
                where visit_date >= {{ as_of }} - {{ days }}
            ), 0)::decimal(18, 2) as revenue_{{ days }}d,
            {% endfor %}
            count(*) filter (
                where
                is_order
                and visit_date < {{ as_of }} - 30
                and visit_date >= {{ as_of }} - 60
            ) as previous_order_count,
            count(days_since_previous) as gap_count,
            sum(days_since_previous) as gap_sum,
            sum(days_since_previous * days_since_previous) as gap_square_sum,

            sum(revenue)::decimal(18, 2) as revenue,
            max(visit_date) filter (where is_order) as last_order_date

        from with_previous
        group by {{ keys | join(', ') }}
        having bool_or(is_order)

    ),

    rhythms as (

        select
            {{ keys | join(', ') }},

            order_count,
            {{ window_columns(['order_count', 'revenue']) | join(', ') }},
            previous_order_count,
            gap_sum / nullif(gap_count, 0)::double as mean_days_between_orders,
            case
                when gap_count > 1
                    then sqrt(
                        (gap_count * gap_square_sum - gap_sum * gap_sum)
                        / (gap_count * (gap_count - 1))::double
                    )
            end as stddev_days_between_orders,

            revenue,
            last_order_date

        from sums

    ),

    scored as (
        {{ with_scores('rhythms', {
            'recency_score': 'last_order_date',
            'frequency_score': 'order_count',
            'monetary_score': 'revenue',
        }, others) }}
    )

    select * from scored
{% endmacro %}
