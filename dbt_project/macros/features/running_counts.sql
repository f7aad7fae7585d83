{# For each user, over the values of a column in `user_products`, the month's:
   how many appear for the first time, and the number of events, from the
   beginning, of the one that has most of those that the month touches. Earlier
   months are read where they lie: as a common table expression they would be
   copied. #}
{% macro running_counts(column) %}

    select
        user_id,
        count(*) filter (where not was_seen_before) as new_count,
        max(event_count)::bigint as favourite_event_count

    from (
        select
            user_id,
            {{ column }},
            sum(event_count) as event_count,
            bool_or(is_earlier) as was_seen_before

        from (
            select
                user_id,
                {{ column }},
                event_count,
                false as is_earlier

            from user_products
            where {{ column }} is not null

            union all

            select
                months.user_id,
                months.{{ column }},
                months.event_count,
                true as is_earlier

            from {{ ref('int_user_products') }} as months
            where
                months.visit_month < {{ month_start() }}
                and {{ is_in_batch('months.user_id') }}
                and exists (
                    select 1 from user_products
                    where
                        user_products.user_id = months.user_id
                        and user_products.{{ column }} = months.{{ column }}
                )
        ) as touched
        group by user_id, {{ column }}
    ) as counted
    group by user_id

{% endmacro %}
