-- To the cent: the revenue of the ledger, of `sessions`, of `user_features`.
-- Features may end before the visits do, so they are compared with those that
-- they saw.
with

revenues as (

    select
        (select sum(kept_revenue) from {{ ref('loaded_files') }}) as in_ledger,
        (select sum(revenue) from {{ ref('sessions') }}) as in_sessions,
        (
            select sum(revenue) from {{ ref('sessions') }}
            where visit_date < {{ as_of() }}
        ) as in_seen_sessions,
        (select sum(revenue) from {{ ref('user_features') }}) as in_features

)

select * from revenues
where
    coalesce(in_ledger, 0) <> coalesce(in_sessions, 0)
    or coalesce(in_seen_sessions, 0) <> coalesce(in_features, 0)
