-- One row per loaded file and what became of its lines: kept, a duplicate, or refused for a reason.
{{ config(materialized='view') }}

with

event_lines as (

    select * from {{ ref('event_lines') }}

),

told_apart as (

    select
        source_file,
        has_unreadable_category,
        occurred_at,

        case
            when rejection_reason is not null then rejection_reason
            when is_duplicate then 'duplicate'
            else 'kept'
        end as outcome,

        -- Not of torn lines: where a field is missing, what stands in the
        -- place of the price may be an id.
        case
            when rejection_reason = 'wrong_column_count' then null
            when event_type = 'purchase' then price
        end as revenue,
        case
            when
                rejection_reason is not null
                and rejection_reason <> 'wrong_column_count'
                and not coalesce(
                    {{ is_one_of('event_type', var('event_types')) }}, false
                )
                then price
        end as revenue_of_unknown_type

    from event_lines

),

outcomes as (

    select
        source_file,
        outcome,
        outcome not in ('kept', 'duplicate') as is_refused,

        count(*) as line_count,
        count(*) filter (where has_unreadable_category)
            as unreadable_category_count,
        sum(revenue)::decimal(18, 2) as revenue,
        sum(revenue_of_unknown_type)::decimal(18, 2) as revenue_of_unknown_type,

        min(occurred_at) as first_event_at,
        max(occurred_at) as last_event_at

    from told_apart
    group by source_file, outcome

)

select * from outcomes
