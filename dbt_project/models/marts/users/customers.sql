-- One row per user: whoever is to be exported, looked up or loaded elsewhere,
-- with segment, state and features side by side. In the published file a view
-- as well: what nobody selects of it costs nothing.
{{ config(materialized='view') }}

with

user_segments as (

    select * from {{ ref('user_segments') }}

),

user_features as (

    select * from {{ ref('user_features') }}

),

segment_names as (

    select
        segment_id,
        segment_name

    from {{ ref('current_segment_model') }}

),

texts_of_users as (

    select
        id,
        id_text

    from {{ ref('id_texts') }}
    where kind = 'user'

),

store_totals as (

    select * from {{ ref('store_totals') }}

),

customers as (

    select
        user_segments.user_id,
        coalesce(texts_of_users.id_text, user_segments.user_id::string)
            as customer_id,

        user_segments.segment_id,
        user_segments.segment_name,
        user_segments.unsegmented_reason,
        user_segments.lifecycle_state,
        user_segments.confidence,
        user_segments.distance,
        user_segments.next_segment_id,
        segment_names.segment_name as next_segment_name,
        user_segments.next_distance,
        user_segments.model_version,
        store_totals.as_of,

        {{ all_but(['user_id'], of='user_features') }}

    from user_segments
    left join user_features
        on user_segments.user_id = user_features.user_id
    left join texts_of_users
        on user_segments.user_id = texts_of_users.id
    left join segment_names
        on user_segments.next_segment_id = segment_names.segment_id
    cross join store_totals

)

select * from customers
