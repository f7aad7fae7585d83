{# Hashes. #}

{# 62 bits of a hash that is the same in every version and engine, above all
   numbers. Among 15 million texts, the chance that two share a key at all is
   one in 40,000; a data test would tell. #}
{% macro key_of_text(text) -%}
    {{ return(adapter.dispatch('key_of_text')(text)) }}
{%- endmacro %}

{% macro duckdb__key_of_text(text) -%}
    (
        (md5_number_lower({{ text }}) & 4611686018427387903)
        | {{ first_text_key() }}
    )::bigint
{%- endmacro %}

{# The same number: the last eight bytes, the last one first. #}
{% macro spark__key_of_text(text) -%}
    (
        (conv(concat(
            {%- for place in range(31, 16, -2) %}
            substr(md5({{ text }}), {{ place }}, 2){{ ',' if not loop.last }}
            {%- endfor %}
        ), 16, -10)::bigint & 4611686018427387903)
        | {{ first_text_key() }}
    )
{%- endmacro %}

{# A hash of 64 bits, which never leaves the engine: each has another. #}
{% macro hash_of(values) -%}
    {{ return(adapter.dispatch('hash_of')(values)) }}
{%- endmacro %}

{% macro duckdb__hash_of(values) -%}
    hash({{ values | join(', ') }})
{%- endmacro %}

{% macro spark__hash_of(values) -%}
    xxhash64({{ values | join(', ') }})
{%- endmacro %}

{# The type of such a hash. #}
{% macro hash_type() -%}
    {{ return(adapter.dispatch('hash_type')()) }}
{%- endmacro %}

{% macro duckdb__hash_type() -%}
    ubigint
{%- endmacro %}

{% macro spark__hash_type() -%}
    bigint
{%- endmacro %}

{# An aggregate: one hash of all rows, in the order of their columns. #}
{% macro hash_of_rows(columns) -%}
    {{ return(adapter.dispatch('hash_of_rows')(columns)) }}
{%- endmacro %}

{% macro duckdb__hash_of_rows(columns) -%}
    hash(list(({{ columns | join(', ') }}) order by {{ columns[0] }}))
{%- endmacro %}

{% macro spark__hash_of_rows(columns) -%}
    xxhash64(array_sort(array_agg(struct({{ columns | join(', ') }}))))
{%- endmacro %}

{# A hash of the values until each row. #}
{% macro running_hash(value, order) -%}
    {{ return(adapter.dispatch('running_hash')(value, order)) }}
{%- endmacro %}

{% macro duckdb__running_hash(value, order) -%}
    hash(list({{ value }}) over (order by {{ order }}))
{%- endmacro %}

{% macro spark__running_hash(value, order) -%}
    xxhash64(array_agg({{ value }}) over (order by {{ order }}))
{%- endmacro %}

{# An order of users that has nothing to do with anything, the same on every
   machine and version. #}
{% macro sampling_hash(user_id) -%}
    md5({{ user_id }}::string)
{%- endmacro %}

{# Where a row of a month is to stand: by batch, category and product, as one
   number, which sorts in two thirds of the time that the columns take. Two
   categories or products that fall together share a place, and nothing but room
   depends on it. #}
{% macro place_on_disk(user_id, category_id, product_id) -%}
    {{ return(adapter.dispatch('place_on_disk')(
        user_id, category_id, product_id
    )) }}
{%- endmacro %}

{# Spark sorts what one task writes; nobody skips parts there. #}
{% macro spark__place_on_disk(user_id, category_id, product_id) -%}
    {{ category_id }}, {{ product_id }}
{%- endmacro %}

{% macro duckdb__place_on_disk(user_id, category_id, product_id) -%}
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
