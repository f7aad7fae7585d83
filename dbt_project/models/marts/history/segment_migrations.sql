-- One row per pair of snapshots or of model versions, former segment and later
-- one: how many sampled users went that way. From month to month the current
-- model labels both ends, so whoever moved has changed; from model to model the
-- users are those of today, so it is the model that has.
with

snapshots as (

    select
        snapshot_date,
        lag(snapshot_date) over (order by snapshot_date) as previous_date,
        is_current
    from {{ ref('int_snapshots') }}

),

versions as (

    select
        current_model.model_version::integer as current_version,
        max(earlier.model_version)::integer as previous_version
    from {{ ref('current_segment_model') }} as current_model
    left join {{ ref('segment_model') }} as earlier
        on current_model.model_version > earlier.model_version
    group by current_model.model_version

),

labels as (

    select
        {{ labels_of('history_segments') }},
        versions.current_version as model_version

    from {{ ref('int_history_segments') }} as history_segments
    cross join versions

    union all

    select
        {{ labels_of('previous_segments') }},
        versions.previous_version as model_version

    from {{ ref('int_previous_segments') }} as previous_segments
    cross join versions

),

-- A former model that cannot read today's features labels nobody, and is no end
-- of a pair.
pairs as (

    select
        'month' as kind,
        snapshots.previous_date as from_date,
        snapshots.snapshot_date as to_date,
        versions.current_version as from_version,
        versions.current_version as to_version

    from snapshots
    cross join versions
    where snapshots.previous_date is not null

    union all

    select
        'model' as kind,
        snapshots.snapshot_date as from_date,
        snapshots.snapshot_date as to_date,
        versions.previous_version as from_version,
        versions.current_version as to_version

    from snapshots
    inner join versions
        on versions.previous_version in (select model_version from labels)
    where snapshots.is_current

),

sample as (

    select {{ ratio(
        '(select count(*) from ' ~ ref('int_sampled_users') ~ ')',
        '(select count(*) from ' ~ ref('user_features') ~ ')', 'null'
    ) }} as sampled_share

),

migrations as (

    select
        pairs.*,

        former.segment_id as from_segment_id,
        former.segment_name as from_segment_name,
        if(former.user_id is null, 'not_seen_yet', former.unsegmented_reason)
            as from_reason,
        later.segment_id as to_segment_id,
        later.segment_name as to_segment_name,
        later.unsegmented_reason as to_reason,

        sample.sampled_share,
        count(*) as user_count

    from pairs
    inner join labels as later
        on
            pairs.to_date = later.snapshot_date
            and pairs.to_version = later.model_version
    left join labels as former
        on
            later.user_id = former.user_id
            and pairs.from_date = former.snapshot_date
            and pairs.from_version = former.model_version
    cross join sample
    group by all

)

select * from migrations
