-- One row per event among the first ones of a user of `int_long_histories`,
-- numbered. At one and the same second a view comes before a cart, and a cart
-- before a purchase.
with

events as (

    select * from {{ ref('events') }}
    where {{ is_seen('occurred_at') }}

),

long_histories as (

    select * from {{ ref('int_long_histories') }}

),

numbered as (

    select
        user_id,
        row_number() over (
            partition by user_id
            order by
                occurred_at,
                {{ place_in(list_of_texts(var('event_types')), 'event_type') }},
                session_id,
                product_id
        )::bigint as place,
        session_id,
        product_id,
        category_id,

        event_type,
        brand,

        price,

        occurred_at

    from events
    where user_id in (select user_id from long_histories)
    qualify
        place <= {{ var('label_agreement_events') | max }}
        and place < {{ var('long_history_events') }}

)

select * from numbered
