-- The segments hold every user with a segment, once, and their revenue.
select
    sum(user_share) as user_share,
    sum(revenue_share) as revenue_share
from {{ ref('segment_profiles') }}
having
    abs(sum(user_share) - 1) > 1e-9
    or (sum(revenue) > 0 and abs(sum(revenue_share) - 1) > 1e-9)
