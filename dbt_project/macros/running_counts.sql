{# For each user, over the values of a column in `user_products`, the month's: how many appear for the
   first time, and the number of events, from the beginning, of the one that has most of those that
   the month touches. Earlier months are read where they lie: as a common table expression they would
   be copied. #}
{% macro running_counts(column) %}

    select
        touched.user_id,
        count(*) filter (where earlier.user_id is null) as new_count,
        max(
            touched.event_count + coalesce(earlier.event_count, 0)
        )::bigint as favourite_event_count

    from (
        select
            user_id,
            {{ column }},
            sum(event_count) as event_count

        from user_products
        where {{ column }} is not null
        group by user_id, {{ column }}
    ) as touched
    left join (
        select
            months.user_id,
            months.{{ column }},
            sum(months.event_count) as event_count

        from {{ ref('int_user_products') }} as months
        where
            months.visit_month < {{ month_start() }}
            and exists (
                select 1 from user_products
                where
                    user_products.user_id = months.user_id
                    and user_products.{{ column }} = months.{{ column }}
            )
        group by months.user_id, months.{{ column }}
    ) as earlier
        on touched.user_id = earlier.user_id
            and touched.{{ column }} = earlier.{{ column }}
    group by touched.user_id

{% endmacro %}
