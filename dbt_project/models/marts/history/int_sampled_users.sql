-- One row per user whose history is looked at: all who do not object, or
-- `history_users` of them drawn by a hash of the id. Drawn from all users, not
-- from those who have a segment today: who comes back gathers events and
-- becomes eligible, so today's members came back more often than was to be
-- foreseen.
with

user_features as (

    select * from {{ ref('user_features') }}

),

drawn as (

    select user_id
    from user_features
    where not {{ is_objecting('user_id') }}
    order by {{ sampling_hash('user_id') }}, user_id
    limit {{ var('history_users') }}

)

select * from drawn
