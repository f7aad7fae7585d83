-- No two kept events have the same key. Hashes of the key are compared: two different events with
-- one 64-bit hash among 400 million are less likely than one in a hundred, and would show here.
-- Month by month, because a key contains the time, and the hashes of one month fit in memory.
-- depends_on: {{ ref('events') }}
{% for month in unchecked_months() -%}
select key_hash
from (
    select hash({{ var('duplicate_key') | join(', ') }}) as key_hash
    from {{ ref('events') }}
    where
        occurred_at >= date '{{ month }}'
        and occurred_at < date '{{ month }}' + interval 1 month
        and {{ is_unchecked('occurred_at') }}
) as keys
group by key_hash
having count(*) > 1

union all

{% endfor -%}
-- Where no month is to be looked at, nothing is repeated.
select null::ubigint as key_hash
where false
