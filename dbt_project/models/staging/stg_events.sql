-- One row per record of the files to load in this run, typed, with the reason
-- why it is refused, or null. Nothing is filtered here.
with

lines as (

    select * from {{ ref('stg_lines') }}

),

typed as (

    select
        *,

        {{ id_key('user_id_text') }} as user_id,
        user_session_text as session_id,
        {{ id_key('product_id_text') }} as product_id,
        {{ id_key('category_id_text') }} as category_id,

        {{ event_type('event_type_text') }} as event_type_or_return,
        category_code_text as category_code,
        brand_text as brand,

        {{ money('price_number_text') }} as price_read,
        {{ quantity('quantity_text') }} as quantity,

        {{ utc_timestamp('event_time_text') }} as occurred_at

    from lines

),

priced as (

    select
        {{ all_but(['event_type_or_return', 'price_read']) }},
        {{ type_with_refunds('event_type_or_return') }} as event_type,
        {{ amount('event_type_or_return') }} as price,
        {{ unit_price('event_type_or_return') }} as unit_price

    from typed

),

judged as (

    select
        {{ all_but([
            'future_from', 'price_number_text', 'quantity', 'unit_price',
        ]) }},
        {{ rejection_reason() }} as rejection_reason

    from priced

),

without_erased_people as ({{ without_erased_people('judged') }}),

pseudonymous as ({{ with_pseudonyms('without_erased_people') }})

select * from pseudonymous
