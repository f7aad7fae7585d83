{# No two rows agree in all of the columns; nulls count as equal. Compares
   64-bit hashes first, because grouping a large table by text is slow. With
   `day`, a column, only rows of days that have changed are looked at. #}
{% test unique_together(model, columns, day=none) %}
{%- set rows = is_unchecked(day) if day else 'true' %}

with

repeated_hashes as (

    select {{ hash_of(columns) }} as key_hash
    from {{ model }}
    where {{ rows }}
    group by key_hash
    having count(*) > 1

),

repeated as (

    select {{ columns | join(', ') }}
    from {{ model }}
    where
        {{ rows }}
        and {{ hash_of(columns) }} in (
            select key_hash from repeated_hashes
        )
    group by {{ columns | join(', ') }}
    having count(*) > 1

)

select count(*) as repeated_key_count from repeated having count(*) > 0

{% endtest %}
