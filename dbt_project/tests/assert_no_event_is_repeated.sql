-- No two kept events have the same key; with `equal_lines: several`, no more
-- than the file has that has most of them. Hashes of the key are compared: two
-- different events with one 64-bit hash among 400 million are less likely than
-- one in a hundred, and would show here. A few days at a time, because a key
-- contains the time: see `batches_of_days`.
-- depends_on: {{ ref('events') }}
-- depends_on: {{ ref('event_lines') }}
{% set are_pieces = var('equal_lines') == 'several' -%}
{% for first_day, last_day in unchecked_batches() -%}
select key_hash
from (
    select
        {{ hash_of(var('duplicate_key')) }} as key_hash,
        {% if are_pieces -%}
        count(*) as line_count,
        count(*) filter (where not is_duplicate) as kept_count
        {%- else -%}
        1 as kept_count
        {%- endif %}
    from {{ ref('event_lines') if are_pieces else ref('events') }}
    where
        occurred_at >= date '{{ first_day }}'
        and occurred_at < date '{{ last_day }}' + interval 1 day
        and {{ is_unchecked('occurred_at') }}
    {%- if are_pieces %}
        and rejection_reason is null
    group by key_hash, source_file
    {%- endif %}
) as keys
group by key_hash
having sum(kept_count) > {{ 'max(line_count)' if are_pieces else 1 }}

union all

{% endfor -%}
-- Where no day is to be looked at, nothing is repeated.
select null::{{ hash_type() }} as key_hash
where false
