-- To the cent: the revenue of the ledger, of `sessions`, of `user_features`.
-- Features may end before the visits do, so they are compared with those that
-- they saw.
with

-- Read once: they are nearly as many as the events.
visits as (

    select
        sum(revenue) as in_sessions,
        sum(case when visit_date < {{ as_of() }} then revenue end)
            as in_seen_sessions
    from {{ ref('sessions') }}

),

revenues as (

    select
        (select sum(kept_revenue) from {{ ref('loaded_files') }}) as in_ledger,
        visits.in_sessions,
        visits.in_seen_sessions,
        (select sum(revenue) from {{ ref('user_features') }}) as in_features
    from visits

)

select * from revenues
where
    coalesce(in_ledger, 0) <> coalesce(in_sessions, 0)
    or coalesce(in_seen_sessions, 0) <> coalesce(in_features, 0)
