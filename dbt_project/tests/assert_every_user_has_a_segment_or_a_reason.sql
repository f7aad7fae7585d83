-- Exactly one of the two, and the numbers that go with a segment.
select count(*) as undecided_count
from {{ ref('user_segments') }}
where
    (segment_id is null) = (unsegmented_reason is null)
    or (segment_id is null) <> (distance is null)
    or (segment_id is null) <> (segment_name is null)
having count(*) > 0
