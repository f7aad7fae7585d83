{# Hashes. #}

{# 62 bits of a hash that is the same in every version and engine, above all
   numbers. Among 15 million texts, the chance that two share a key at all is
   one in 40,000; a data test would tell. #}
{% macro key_of_text(text) -%}
    (
        (md5_number_lower({{ text }}) & 4611686018427387903)
        | {{ first_text_key() }}
    )::bigint
{%- endmacro %}

{# An order of users that has nothing to do with anything, the same on every
   machine and version. #}
{% macro sampling_hash(user_id) -%}
    md5({{ user_id }}::text)
{%- endmacro %}

{# Where a row of a month is to stand: by batch, category and product, as one
   number, which sorts in two thirds of the time that the columns take. Two
   categories or products that fall together share a place, and nothing but room
   depends on it. #}
{% macro place_on_disk(user_id, category_id, product_id) -%}
    (
        (case
            {%- for batch in range(1, largest_batch_count()) %}
            when
                {{ user_id }}
                <= (getvariable('batch_bounds')::bigint[])[{{ batch }}]
                then {{ batch }}
            {%- endfor %}
            else 0
        end::ubigint << 60)
        | ((hash({{ category_id }}) & 16777215) << 36)
        | (hash({{ product_id }}) & 68719476735)
    )
{%- endmacro %}
