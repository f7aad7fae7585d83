-- One row per number of events seen: how many users with a long history already
-- have the label that all of their events give, both as of the day after the
-- last event seen.
with

early_segments as (

    select * from {{ ref('int_early_segments') }}

),

long_histories as (

    select * from {{ ref('int_long_histories') }}

),

final_segments as (

    select
        early_segments.user_id,
        early_segments.segment_id,
        early_segments.model_version,
        long_histories.event_count

    from early_segments
    inner join long_histories
        on
            early_segments.user_id = long_histories.user_id
            and early_segments.seen_event_count = long_histories.event_count
    where early_segments.segment_id is not null

),

counted as (

    select
        early_segments.seen_event_count,
        final_segments.model_version,
        count(*) as user_count,
        count(*) filter (
            where early_segments.segment_id = final_segments.segment_id
        ) / count(*)::double as agreement,
        min(final_segments.event_count) as final_event_count

    from early_segments
    inner join final_segments
        on
            early_segments.user_id = final_segments.user_id
            and early_segments.seen_event_count < final_segments.event_count
    group by early_segments.seen_event_count, final_segments.model_version

),

agreements as (

    select
        seen_event_count::integer as event_count,
        user_count,
        agreement,
        {{ wilson_lower('agreement', 'user_count') }} as agreement_lower,
        {{ wilson_upper('agreement', 'user_count') }} as agreement_upper,
        final_event_count::integer as final_event_count,
        model_version

    from counted

)

select * from agreements
