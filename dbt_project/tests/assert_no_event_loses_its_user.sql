-- The events that the ledger says were kept are those of the users, but for
-- those after the date that features see. A publication without users would
-- show here, whatever emptied it.
with

event_counts as (

    select
        (
            select coalesce(sum(kept_count), 0)
            from {{ ref('loaded_files') }}
        ) as in_ledger,
        (
            select coalesce(sum(event_count), 0)
            from {{ ref('days') }}
            where not ({{ is_seen('visit_date') }})
        ) as not_seen,
        (
            select coalesce(sum(event_count), 0)
            from {{ ref('user_features') }}
        ) as of_users

)

select * from event_counts
where in_ledger - not_seen <> of_users
