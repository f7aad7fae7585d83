-- One row: the store as a whole, by its users, and the day as of which they are
-- seen. A store that logs nothing but purchases is segmented by other features.
with

user_totals as (

    select * from {{ ref('int_user_totals') }}
    where not is_automatic

),

counted as (

    select
        count(*) as user_count,
        count(*) filter (where order_count > 0) as buyer_count,
        coalesce(sum(event_count), 0)::bigint as event_count,
        coalesce(sum(view_count), 0)::bigint as view_count,
        coalesce(sum(cart_count), 0)::bigint as cart_count,
        coalesce(sum(removal_count), 0)::bigint as removal_count,
        coalesce(sum(purchase_count), 0)::bigint as purchase_count

    from user_totals

),

store_totals as (

    select
        *,

        purchase_count > 0 and view_count + cart_count = 0
            as is_purchases_only,
        {{ as_of() }} as as_of

    from counted

)

select * from store_totals
