-- One row per loaded file and what became of its lines: kept, a duplicate, or
-- refused for a reason.
{{ config(materialized='view') }}

with

event_lines as (

    select * from {{ ref('event_lines') }}

),

told_apart as (

    select
        source_file,
        event_type,
        has_unreadable_category,
        occurred_at,

        case
            when rejection_reason is not null then rejection_reason
            when is_duplicate then 'duplicate'
            else 'kept'
        end as outcome,

        -- What stands in the place of the price may be an id, where a field is
        -- missing or the columns are not those of the header.
        case
            when
                coalesce(rejection_reason, '')
                not in ('wrong_column_count', 'below_other_header')
                then price
        end as amount

    from event_lines

),

with_money as (

    select
        *,
        case when event_type in ('purchase', 'refund') then amount end
            as revenue,
        case
            when
                outcome not in ('kept', 'duplicate', 'ignored_event_type')
                and not coalesce(
                    {{ is_one_of('event_type', known_event_types()) }}, false
                )
                then amount
        end as revenue_of_unknown_type

    from told_apart

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

    from with_money
    group by source_file, outcome

)

select * from outcomes
