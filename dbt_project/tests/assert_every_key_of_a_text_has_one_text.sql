-- An id that is not a whole number stands once beside its key: no user
-- without the text, no two texts with one key. A pseudonym has no text.
with

user_texts as (

    select id from {{ ref('id_texts') }}
    where kind = 'user'

),

shared_keys as (

    select
        kind,
        id
    from {{ ref('id_texts') }}
    group by kind, id
    having count(*) > 1

),

lost_texts as (

    select
        'user' as kind,
        user_id as id
    from {{ ref('user_features') }}
    where
        user_id >= {{ first_text_key() }}
        and not {{ has_pseudonyms() }}
        and user_id not in (select id from user_texts)

)

select * from shared_keys
union all
select * from lost_texts
