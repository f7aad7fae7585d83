{# The edges that cut values at their deciles, as a list. `counted` has one row
   per group (the columns `keys`) and distinct `feature_value`, with its
   `user_count`. Equal values are never split; one that fills a whole decile
   gets a bin of its own; edges lie halfway between two values that occur. #}
{% macro decile_edges(counted, keys) %}
    with

    cumulated as (

        select
            {{ keys | join(', ') }},
            feature_value,
            lag(feature_value) over in_order as lower_value,
            lead(feature_value) over in_order as higher_value,
            user_count,
            sum(user_count) over in_order as count_so_far,
            sum(user_count) over (
                partition by {{ keys | join(', ') }}
            ) as total_count

        from {{ counted }}
        window in_order as (
            partition by {{ keys | join(', ') }}
            order by feature_value
        )

    ),

    -- How many of the eleven quantiles, from the lowest value to the highest,
    -- are this value.
    at_quantiles as (

        select
            *,
            {{ whole_division('10 * count_so_far', 'total_count') }}
            - case
                when lower_value is null then -1
                else {{ whole_division(
                    '10 * (count_so_far - user_count)', 'total_count'
                ) }}
            end as quantile_count,
            1e-9 * greatest(abs(feature_value), 1) as margin

        from cumulated

    ),

    -- The lowest and the highest value end no bin, unless they have one of
    -- their own.
    ends as (

        select
            {{ keys | join(', ') }},
            case
                when quantile_count > 1
                    then coalesce(
                        (lower_value + feature_value) / 2,
                        feature_value - margin
                    )
            end as lower_edge,
            case
                when
                    quantile_count > 1
                    or (
                        quantile_count = 1
                        and lower_value is not null
                        and higher_value is not null
                    )
                    then coalesce(
                        (feature_value + higher_value) / 2,
                        feature_value + margin
                    )
            end as upper_edge

        from at_quantiles
        where quantile_count > 0

    )

    select
        {{ keys | join(', ') }},
        {{ distinct_values_of('lower_edge', 'upper_edge') }} as edges

    from ends
    group by {{ keys | join(', ') }}
{% endmacro %}
