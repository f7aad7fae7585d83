-- One row per user whose label is followed from the first event on:
-- `long_history_users` of those with a long history, drawn by a hash of the id.
with

user_features as (

    select * from {{ ref('user_features') }}

),

drawn as (

    select
        user_id,
        event_count,
        last_event_at::date + 1 as snapshot_date

    from user_features
    where
        not is_automatic
        and not {{ is_objecting('user_id') }}
        and event_count >= {{ var('long_history_events') }}
    order by {{ sampling_hash('user_id') }}, user_id
    limit {{ var('long_history_users') }}

)

select * from drawn
