-- One row per cohort, the users who first bought in the same month, and month
-- since then: how many of them bought in it, and what they spent. A month in
-- which none of them did has a row with zeros.
with

purchases as (

    select
        user_id,
        visit_month,
        purchase_count,
        revenue
    from {{ ref('int_user_months') }}
    where purchase_count > 0 or revenue <> 0

),

store_months as (

    select * from {{ ref('store_months') }}

),

cohorts as (

    select
        user_id,
        min(visit_month) as cohort_month
    from purchases
    where purchase_count > 0
    group by user_id

),

sizes as (

    select
        cohort_month,
        count(*) as user_count
    from cohorts
    group by cohort_month

),

bought as (

    select
        cohorts.cohort_month,
        purchases.visit_month,
        count(*) filter (where purchases.purchase_count > 0) as buyer_count,
        sum(purchases.revenue)::decimal(18, 2) as revenue
    from purchases
    inner join cohorts on purchases.user_id = cohorts.user_id
    where purchases.visit_month >= cohorts.cohort_month
    group by cohorts.cohort_month, purchases.visit_month

),

cohort_months as (

    select
        sizes.cohort_month,
        store_months.visit_month,
        {{ months_between(
            'sizes.cohort_month', 'store_months.visit_month'
        ) }} as month_number,
        sizes.user_count,
        coalesce(bought.buyer_count, 0) as buyer_count,
        coalesce(bought.revenue, 0)::decimal(18, 2) as revenue,
        store_months.is_whole
    from sizes
    inner join store_months on sizes.cohort_month <= store_months.visit_month
    left join bought
        on
            sizes.cohort_month = bought.cohort_month
            and store_months.visit_month = bought.visit_month

)

select * from cohort_months
