-- The segments hold every user with a segment, once.
select sum(user_share) as user_share
from {{ ref('segment_profiles') }}
having abs(sum(user_share) - 1) > 1e-9
