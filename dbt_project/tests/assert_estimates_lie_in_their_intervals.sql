-- Whatever the group, an interval holds its estimate. Where few spent anything,
-- a mean has none.
select count(*) as outside_count
from {{ ref('segment_value') }}
where
    false
    {%- for estimate in ['buyer_rate', 'mean_revenue', 'return_rate'] %}
    or {{ estimate }} < {{ estimate }}_lower - 1e-9
    or {{ estimate }} > {{ estimate }}_upper + 1e-9
    {%- endfor %}
having count(*) > 0
