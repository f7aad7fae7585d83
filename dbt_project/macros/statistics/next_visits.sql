{# The visits of sampled users in the `outcome_days` after a snapshot, to be
   selected from: `sessions`, and `snapshots`, with one row per snapshot. #}
{% macro next_visits() -%}
    {{ ref('sessions') }} as sessions
    inner join {{ ref('int_sampled_users') }} as sampled_users
        on sessions.user_id = sampled_users.user_id
    inner join snapshots
        on
            sessions.visit_date >= snapshots.snapshot_date
            and sessions.visit_date
            < snapshots.snapshot_date + {{ var('outcome_days') }}
{%- endmacro %}
