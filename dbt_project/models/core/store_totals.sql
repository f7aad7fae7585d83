-- One row: the store as a whole, by its users. Rates of users with few events lean on those of the
-- store, and a store that logs nothing but purchases is segmented by other features.
with

user_totals as (

    select * from {{ ref('int_user_totals') }}
    where not is_automatic

),

counted as (

    select
        count(*) as user_count,
        count(*) filter (where order_count > 0) as buyer_count,
        {% for counted in [
            'event_count', 'view_count', 'cart_count', 'removal_count',
            'purchase_count', 'favourite_category_event_count',
        ] -%}
        coalesce(sum({{ counted }}), 0)::bigint as {{ counted }},
        {% endfor -%}
        coalesce(sum({{ intent_count() }}), 0)::bigint as intent_count

    from user_totals

),

store_totals as (

    select
        *,

        {{ ratio('intent_count', 'event_count') }} as store_intent_rate,
        {{ ratio('purchase_count', 'intent_count') }}
            as store_conversion_rate,
        {{ ratio('removal_count', 'cart_count') }} as store_removal_rate,
        {{ ratio('favourite_category_event_count', 'event_count') }}
            as store_category_share,

        purchase_count > 0 and view_count + cart_count = 0
            as is_purchases_only

    from counted

)

select * from store_totals
