-- One row per month, kind and key of a category or brand: what it is called. A
-- category without a code is called by its id, if that is a text.
-- What users looked at is counted by key, in tables far smaller than the
-- events; a name is looked up for the few keys that are shown.
-- depends_on: {{ ref('month_versions') }}
{{ config(materialized='computed_by_month', versioned_by='lines_version') }}

with

events as (

    select * from {{ ref('events') }}
    where {{ is_in_month('occurred_at') }}

),

id_texts as (

    select * from {{ ref('id_texts') }}
    where kind = 'category'

),

shelves as (

    select
        category_id,
        category_code,
        brand
    from events
    group by category_id, category_code, brand

),

names as (

    select
        'category' as kind,
        shelves.category_id::string as shelf_key,
        coalesce(max(shelves.category_code), max(id_texts.id_text))
            as shelf_name
    from shelves
    left join id_texts on shelves.category_id = id_texts.id
    where shelves.category_id is not null
    group by shelves.category_id

    union all

    select
        'brand' as kind,
        {{ hash_of(['brand']) }}::string as shelf_key,
        brand as shelf_name
    from shelves
    where brand is not null
    group by brand

),

dated as (

    select
        *,
        {{ month_start() }} as visit_month
    from names

)

select * from dated
