{# The visits of sampled users in the `outcome_days` that follow a moment, to be
   selected from: `sessions`, and `moments`, which has one row per moment. #}
{% macro next_visits() -%}
    {{ ref('sessions') }} as sessions
    inner join {{ ref('int_sampled_users') }} as sampled_users
        on sessions.user_id = sampled_users.user_id
    inner join moments
        on
            sessions.visit_date >= moments.moment
            and sessions.visit_date
            < moments.moment + {{ var('outcome_days') }}
{%- endmacro %}
