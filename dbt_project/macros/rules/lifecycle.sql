{# Where customers are in their life with the store: absolute rules, which need
   no other customers but for the rhythm of those who have none of their own.
   `docs/segmentation.md` shows what follows on each state. #}

{# The days that usually lie between two orders of a user, never fewer than
   `shortest_rhythm_days`: the own mean where orders lie on two days or more,
   the store's otherwise. Two orders of one day are no rhythm. #}
{% macro rhythm_days(users, store_rhythm) -%}
    greatest(
        coalesce(
            nullif({{ users }}.mean_days_between_orders, 0),
            {{ store_rhythm }}.rhythm_days
        ),
        {{ var('shortest_rhythm_days') }}
    )
{%- endmacro %}

{# The state of a user, never null. The longest absence that holds counts. #}
{% macro lifecycle_state(users, store_rhythm) -%}
    {%- set days = users ~ '.purchase_recency_days' -%}
    {%- set rhythm = rhythm_days(users, store_rhythm) -%}
    case
        when {{ days }} is null then 'prospect'
        when {{ days }} > {{ var('lost_after') }} * {{ rhythm }} then 'lost'
        when {{ days }} > {{ var('lapsed_after') }} * {{ rhythm }} then 'lapsed'
        when {{ days }} > {{ var('at_risk_after') }} * {{ rhythm }}
            then 'at_risk'
        when coalesce({{ users }}.mean_days_between_orders, 0) = 0 then 'new'
        else 'active'
    end
{%- endmacro %}
