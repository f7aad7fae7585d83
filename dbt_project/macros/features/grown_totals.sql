{# The same for all users, from the totals of all months but one, and that
   month. Grouping costs by the number of users; this joins, and counts visits
   again only of the users who came in the month. #}
{% macro grown_totals(totals, added_month, sessions) %}
    with

    sessions_of_comers as (

        select
            user_id,
            duration_seconds

        from {{ sessions }}
        where user_id in (select user_id from {{ added_month }})

    ),

    visit_lengths as ({{ visit_lengths('sessions_of_comers', ['user_id']) }}),

    grown as (

        select
            user_id,

            {% for total, of_month, type in columns_that_add_up() -%}
            (
                coalesce(former.{{ total }}, 0)
                + coalesce(added.{{ of_month }}, 0)
            )::{{ type }} as {{ total }},
            {% endfor %}
            greatest(
                former.favourite_category_event_count,
                added.favourite_category_event_count
            ) as favourite_category_event_count,
            greatest(
                former.favourite_brand_event_count,
                added.favourite_brand_event_count
            ) as favourite_brand_event_count,

            coalesce(former.is_automatic, false)
            or coalesce({{ is_automatic_in_month() }}, false) as is_automatic,

            least(former.first_event_at, added.first_event_at)
                as first_event_at,
            greatest(former.last_event_at, added.last_event_at)
                as last_event_at,

            coalesce(
                visit_lengths.median_session_seconds,
                former.median_session_seconds
            ) as median_session_seconds

        from {{ totals }} as former
        full join {{ added_month }} as added using (user_id)
        left join visit_lengths using (user_id)

    )

    select * from grown
{% endmacro %}
