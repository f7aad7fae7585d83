{# For each user and number of events seen, over the values of a column in
   `products`: how many there are, and the number of events of the one that has
   most. #}
{% macro early_counts(products, column) %}
    select
        user_id,
        seen_event_count,
        count(*) as new_count,
        max(event_count)::bigint as favourite_event_count

    from (
        select
            user_id,
            seen_event_count,
            sum(event_count) as event_count

        from {{ products }}
        where {{ column }} is not null
        group by user_id, seen_event_count, {{ column }}
    ) as by_value
    group by user_id, seen_event_count
{% endmacro %}
