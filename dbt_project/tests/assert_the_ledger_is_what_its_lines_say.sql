-- Of each file, the reasons add up to the refused lines, and what was kept of
-- it has a first and a last event. Of all files, the kept lines are the events
-- of the days, to the cent: a file that was not counted again when another one
-- took over its lines would show here.
with

loaded_files as (

    select
        *,
        coalesce({{ sum_of_values('rejected_by_reason') }}, 0)
            as reason_count,
        coalesce({{ sum_of_values('refused_revenue_by_reason') }}, 0)
            as reason_revenue
    from {{ ref('loaded_files') }}

),

in_ledger as (

    select
        coalesce(sum(kept_count), 0) as event_count,
        coalesce(sum(kept_revenue), 0) as revenue,
        min(first_event_at)::date as first_date,
        max(last_event_at)::date as last_date
    from loaded_files

),

in_days as (

    select
        coalesce(sum(event_count), 0) as event_count,
        coalesce(sum(revenue), 0) as revenue,
        min(visit_date) as first_date,
        max(visit_date) as last_date
    from {{ ref('days') }}

),

findings as (

    select source_file as finding
    from loaded_files
    where
        reason_count <> rejected_count
        or reason_revenue <> refused_revenue
        or (kept_count = 0) <> (first_event_at is null)
        or (kept_count = 0) <> (last_event_at is null)
        or first_event_at > last_event_at
        {% if var('refunds') != 'subtract' -%}
        or kept_revenue < 0
        {%- endif %}
        or (kept_count = 0 and kept_revenue > 0)
        or (rejected_count = 0 and refused_revenue <> 0)

    union all

    select 'all files' as finding
    from in_ledger
    cross join in_days
    where
        in_ledger.event_count <> in_days.event_count
        or in_ledger.revenue <> in_days.revenue
        or in_ledger.first_date is distinct from in_days.first_date
        or in_ledger.last_date is distinct from in_days.last_date

)

select * from findings
