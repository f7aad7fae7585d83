-- One row per column that the model may read and pair of consecutive moments:
-- how far the eligible users of the later moment have moved from those of the
-- former one. What moves from month to month by itself makes segments that
-- move, too.
{%- set keys = ['former_moment', 'later_moment', 'feature_name'] %}

with

history_inputs as (

    select * from {{ ref('int_history_inputs') }}
    where is_eligible

),

moments as (

    select
        moment as later_moment,
        lag(moment) over (order by moment) as former_moment
    from {{ ref('int_moments') }}

),

readable as (

    select * exclude (user_id, is_eligible, is_automatic)
    from history_inputs

),

feature_values as (

    unpivot readable
    on columns(* exclude (moment))
    into name feature_name value feature_value

),

counted as (

    select
        moment,
        feature_name,
        feature_value,
        count(*) as user_count

    from feature_values
    group by moment, feature_name, feature_value

),

former_counted as (

    select
        moments.former_moment,
        moments.later_moment,
        counted.feature_name,
        counted.feature_value,
        counted.user_count

    from counted
    inner join moments on counted.moment = moments.former_moment

),

learned as ({{ decile_edges('former_counted', keys) }}),

placed as (

    select
        {{ keys | join(', ') }},
        {{ bin_of('counted.feature_value', 'learned.edges') }} as bin,
        coalesce(sum(counted.user_count) filter (
            where counted.moment = learned.former_moment
        ), 0)::double as former_count,
        coalesce(sum(counted.user_count) filter (
            where counted.moment = learned.later_moment
        ), 0)::double as later_count

    from counted
    inner join learned using (feature_name)
    where counted.moment in (learned.former_moment, learned.later_moment)
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
        feature_name::text as feature_name,
        former_moment,
        later_moment,
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
