-- One row per column that the model may read and pair of consecutive snapshots:
-- how far the eligible users of the later snapshot have moved from those of the
-- former one. What moves from month to month by itself makes segments that
-- move, too.
{%- set keys = ['former_date', 'later_date', 'feature_name'] %}

with

history_inputs as (

    select * from {{ ref('int_history_inputs') }}
    where is_eligible

),

snapshots as (

    select
        snapshot_date as later_date,
        lag(snapshot_date) over (order by snapshot_date) as former_date
    from {{ ref('int_snapshots') }}

),

feature_values as (
    {{ inputs_as_rows('history_inputs', ['snapshot_date']) }}
),

counted as (

    select
        snapshot_date,
        feature_name,
        feature_value,
        count(*) as user_count

    from feature_values
    group by snapshot_date, feature_name, feature_value

),

former_counted as (

    select
        snapshots.former_date,
        snapshots.later_date,
        counted.feature_name,
        counted.feature_value,
        counted.user_count

    from counted
    inner join snapshots on counted.snapshot_date = snapshots.former_date

),

learned as ({{ decile_edges('former_counted', keys) }}),

placed as (

    select
        {{ keys | join(', ') }},
        {{ bin_of('counted.feature_value', 'learned.edges') }} as bin,
        coalesce(sum(counted.user_count) filter (
            where counted.snapshot_date = learned.former_date
        ), 0)::double as former_count,
        coalesce(sum(counted.user_count) filter (
            where counted.snapshot_date = learned.later_date
        ), 0)::double as later_count

    from counted
    inner join learned using (feature_name)
    where counted.snapshot_date in (learned.former_date, learned.later_date)
    group by {{ keys | join(', ') }}, bin

),

totals as (

    select
        *,
        sum(former_count) over of_the_pair as former_total,
        sum(later_count) over of_the_pair as later_total

    from placed
    window of_the_pair as (partition by {{ keys | join(', ') }})

),

stabilities as (

    select
        feature_name::string as feature_name,
        former_date,
        later_date,
        {{ psi_of(
            'former_count / former_total', 'later_count / later_total', 'bin'
        ) }} as psi,
        any_value(former_total)::bigint as former_user_count,
        any_value(later_total)::bigint as later_user_count

    from totals
    where former_total > 0 and later_total > 0
    group by {{ keys | join(', ') }}

)

select * from stabilities
