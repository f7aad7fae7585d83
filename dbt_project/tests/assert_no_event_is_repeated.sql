-- No two kept events have the same key. Hashes of the key are compared: two different events with
-- one 64-bit hash among 400 million are less likely than one in a hundred, and would show here.
select count(*) as repeated_key_count
from (
    select hash({{ var('duplicate_key') | join(', ') }}) as key_hash
    from {{ ref('events') }}
    where {{ is_unchecked('occurred_at') }}
    group by key_hash
    having count(*) > 1
) as repeated
having count(*) > 0
