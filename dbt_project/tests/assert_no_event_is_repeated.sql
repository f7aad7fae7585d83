-- No two kept events have the same key. Hashes of the key are compared: two different events with
-- one 64-bit hash among 400 million are less likely than one in a hundred, and would show here.
-- A few days at a time, because a key contains the time: see `batches_of_days`.
-- depends_on: {{ ref('events') }}
{% for first_day, last_day in unchecked_batches() -%}
select key_hash
from (
    select hash({{ var('duplicate_key') | join(', ') }}) as key_hash
    from {{ ref('events') }}
    where
        occurred_at >= date '{{ first_day }}'
        and occurred_at < date '{{ last_day }}' + interval 1 day
        and {{ is_unchecked('occurred_at') }}
) as keys
group by key_hash
having count(*) > 1

union all

{% endfor -%}
-- Where no day is to be looked at, nothing is repeated.
select null::ubigint as key_hash
where false
