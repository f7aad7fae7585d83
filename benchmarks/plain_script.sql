-- Events and user features as one would write them in a plain script: one pass after the other over
-- all of the data, no ledger, no months, no tests. `{files}` is a pattern of CSV files whose lines
-- DuckDB's own reader understands. A test keeps both tables equal to the warehouse's.

create table events as
with typed as (
    select
        user_id, session_id, occurred_at, event_type, product_id, category_id, category_code, brand, price
    from (
        select
            try_cast(user_id as bigint) as user_id,
            nullif(trim(user_session), '') as session_id,
            try_strptime(event_time, '%Y-%m-%d %H:%M:%S UTC') as occurred_at,
            lower(trim(event_type)) as event_type,
            try_cast(product_id as bigint) as product_id,
            try_cast(category_id as bigint) as category_id,
            nullif(trim(category_code), '') as category_code,
            nullif(trim(brand), '') as brand,
            try_cast(price as decimal(12, 2)) as price
        from read_csv('{files}', header = true, all_varchar = true, ignore_errors = true)
    )
    where
        user_id >= 0 and product_id >= 0 and occurred_at >= timestamp '2000-01-01'
        and event_type in ('view', 'cart', 'remove_from_cart', 'purchase')
        and price > 0 and price <= 10000
)
select * from typed
qualify row_number() over (
    partition by user_id, occurred_at, event_type, product_id, session_id
    order by price, category_id, category_code, brand
) = 1;

create table sessions as
select
    user_id, session_id, occurred_at::date as visit_date,
    count(*) as event_count,
    count(*) filter (where event_type = 'view') as view_count,
    count(*) filter (where event_type = 'cart') as cart_count,
    count(*) filter (where event_type = 'remove_from_cart') as removal_count,
    count(*) filter (where event_type = 'purchase') as purchase_count,
    count(*) filter (where hour(occurred_at) >= 19 or hour(occurred_at) < 1) as night_event_count,
    coalesce(sum(price) filter (where event_type = 'purchase'), 0)::decimal(18, 2) as revenue,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at,
    date_diff('second', min(occurred_at), max(occurred_at)) as duration_seconds
from events
group by all;

create table user_products as
select
    user_id, date_trunc('month', occurred_at) as visit_month, product_id, category_id, brand,
    count(*) as event_count,
    count(*) filter (where event_type = 'view') as view_count,
    coalesce(sum(price) filter (where event_type = 'view'), 0)::decimal(18, 2) as viewed_value
from events
group by all;

create table user_features as
with

as_of as (select max(visit_date) + 1 as day from sessions),

days as (
    select
        user_id, visit_date, count(*) as session_count, sum(event_count) as event_count,
        sum(view_count) as view_count, sum(cart_count) as cart_count,
        sum(removal_count) as removal_count, sum(purchase_count) as purchase_count,
        sum(night_event_count) as night_event_count, sum(revenue) as revenue,
        max(event_count) > 500 as is_automatic,
        min(started_at) as first_event_at, max(ended_at) as last_event_at
    from sessions
    group by all
),

totals as (
    select
        user_id, count(*) as active_day_count, sum(session_count)::bigint as session_count,
        sum(event_count)::bigint as event_count, sum(view_count)::bigint as view_count,
        sum(cart_count)::bigint as cart_count, sum(removal_count)::bigint as removal_count,
        sum(purchase_count)::bigint as purchase_count,
        sum(night_event_count)::bigint as night_event_count,
        coalesce(sum(event_count) filter (where isodow(visit_date) >= 6), 0)::bigint
            as weekend_event_count,
        sum(revenue)::decimal(18, 2) as revenue,
        bool_or(is_automatic) or max(event_count) > 1000 as is_automatic,
        min(first_event_at) as first_event_at, max(last_event_at) as last_event_at
    from days
    group by all
),

lengths as (
    select user_id, median(duration_seconds) as median_session_seconds from sessions group by all
),

category_prices as (
    select visit_month, category_id, median(mean_price) as median_price
    from (
        select visit_month, category_id, product_id, sum(viewed_value) / sum(view_count) as mean_price
        from user_products
        where category_id is not null and view_count > 0
        group by all
    )
    group by all
),

prices as (
    select
        user_id,
        sum(viewed_value) / nullif(sum(view_count), 0)::double as mean_viewed_price,
        sum((viewed_value / median_price)::decimal(18, 6))
            / nullif(sum(view_count) filter (where median_price > 0), 0)::double as price_level
    from user_products
    left join category_prices using (visit_month, category_id)
    group by all
),

products as (select user_id, count(distinct product_id) as product_count from user_products group by all),

categories as (
    select user_id, count(*) as category_count, max(event_count) as favourite_category_event_count
    from (
        select user_id, category_id, sum(event_count) as event_count
        from user_products where category_id is not null group by all
    )
    group by all
),

brands as (
    select user_id, count(*) as brand_count, max(event_count) as favourite_brand_event_count
    from (
        select user_id, brand, sum(event_count) as event_count
        from user_products where brand is not null group by all
    )
    group by all
),

carts as (
    select
        user_id, count(*) as cart_count,
        count(*) filter (where last_purchased_at >= occurred_at) as purchased_cart_count
    from events
    left join (
        select user_id, product_id, max(occurred_at) as last_purchased_at
        from events where event_type = 'purchase' group by all
    ) using (user_id, product_id)
    where event_type = 'cart'
    group by all
),

gaps as (
    select
        user_id, visit_date, revenue,
        visit_date - lag(visit_date) over (
            partition by user_id order by visit_date, started_at, session_id
        ) as gap
    from sessions
    where purchase_count > 0
),

orders as (
    select
        user_id, count(*) as order_count, max(visit_date) as last_order_date,
        count(*) filter (where visit_date >= as_of.day - 30) as order_count_30d,
        sum(revenue) filter (where visit_date >= as_of.day - 30) as revenue_30d,
        count(*) filter (where visit_date >= as_of.day - 90) as order_count_90d,
        sum(revenue) filter (where visit_date >= as_of.day - 90) as revenue_90d,
        count(*) filter (where visit_date >= as_of.day - 365) as order_count_365d,
        sum(revenue) filter (where visit_date >= as_of.day - 365) as revenue_365d,
        count(*) filter (where visit_date < as_of.day - 30 and visit_date >= as_of.day - 60)
            as previous_order_count,
        avg(gap) as mean_days_between_orders, stddev_samp(gap) as stddev_days_between_orders
    from gaps cross join as_of
    group by all
),

windows as (
    select
        user_id,
        sum(event_count) filter (where visit_date >= as_of.day - 30) as event_count_30d,
        count(distinct visit_date) filter (where visit_date >= as_of.day - 30)
            as active_day_count_30d,
        sum(event_count) filter (where visit_date >= as_of.day - 90) as event_count_90d,
        count(distinct visit_date) filter (where visit_date >= as_of.day - 90)
            as active_day_count_90d,
        sum(event_count) filter (where visit_date >= as_of.day - 365) as event_count_365d,
        count(distinct visit_date) filter (where visit_date >= as_of.day - 365)
            as active_day_count_365d
    from sessions cross join as_of
    group by all
),

joined as (
    select
        user_id, event_count, view_count, totals.cart_count, removal_count, purchase_count,
        -- The store has no refunds.
        0::bigint as refund_count,
        session_count, active_day_count,
        as_of.day - last_event_at::date as recency_days,
        as_of.day - first_event_at::date as tenure_days,
        as_of.day - last_order_date as purchase_recency_days,
        event_count / session_count::double as events_per_session,
        median_session_seconds,
        view_count / nullif(purchase_count, 0)::double as views_per_purchase,
        coalesce(purchased_cart_count / nullif(carts.cart_count, 0)::double, 0)
            as cart_to_purchase_rate,
        least(1, coalesce(removal_count / nullif(totals.cart_count, 0)::double, 0)) as removal_rate,
        revenue, coalesce(order_count, 0) as order_count,
        coalesce(revenue / nullif(order_count, 0)::double, 0) as average_order_value,
        coalesce(mean_viewed_price, 0) as mean_viewed_price, coalesce(price_level, 1) as price_level,
        product_count, coalesce(category_count, 0) as category_count,
        coalesce(brand_count, 0) as brand_count,
        coalesce(favourite_brand_event_count, 0) / event_count::double as favourite_brand_share,
        coalesce(favourite_category_event_count, 0) / event_count::double as favourite_category_share,
        night_event_count / event_count::double as night_event_rate,
        weekend_event_count / event_count::double as weekend_event_rate,
        mean_days_between_orders, stddev_days_between_orders,
        coalesce(order_count_30d, 0) as order_count_30d,
        coalesce(order_count_90d, 0) as order_count_90d,
        coalesce(order_count_365d, 0) as order_count_365d,
        coalesce(revenue_30d, 0) as revenue_30d,
        coalesce(revenue_90d, 0) as revenue_90d,
        coalesce(revenue_365d, 0) as revenue_365d,
        coalesce(event_count_30d, 0) as event_count_30d,
        coalesce(event_count_90d, 0) as event_count_90d,
        coalesce(event_count_365d, 0) as event_count_365d,
        coalesce(active_day_count_30d, 0) as active_day_count_30d,
        coalesce(active_day_count_90d, 0) as active_day_count_90d,
        coalesce(active_day_count_365d, 0) as active_day_count_365d,
        coalesce(previous_order_count, 0) as previous_order_count,
        is_automatic, first_event_at, last_event_at
    from totals
    cross join as_of
    join lengths using (user_id)
    join windows using (user_id)
    join prices using (user_id)
    join products using (user_id)
    left join categories using (user_id)
    left join brands using (user_id)
    left join carts using (user_id)
    left join orders using (user_id)
)

select
    *,
    case when order_count > 0 then 1 + least(4, floor(5 * (
        rank() over (partition by order_count > 0 order by -purchase_recency_days) - 1
    ) / count(*) over (partition by order_count > 0)))::integer end as recency_score,
    case when order_count > 0 then 1 + least(4, floor(5 * (
        rank() over (partition by order_count > 0 order by order_count) - 1
    ) / count(*) over (partition by order_count > 0)))::integer end as frequency_score,
    case when order_count > 0 then 1 + least(4, floor(5 * (
        rank() over (partition by order_count > 0 order by revenue) - 1
    ) / count(*) over (partition by order_count > 0)))::integer end as monetary_score
from joined;
