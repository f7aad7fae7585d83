-- One row per segment of every version of the model: what was learned, and what
-- is said of it. Texts are made of codes by the catalogues, so a view.
{{ config(materialized='view') }}
with

trained_segments as (

    select * from {{ ref('trained_segments') }}

),

texts as (

    select * from {{ ref('segment_texts') }}

),

english as (

    select * from texts
    where language = 'en'

),

french as (

    select * from texts
    where language = 'fr'

),

named as (

    select
        trained_segments.*,

        english.segment_name,
        french.segment_name as segment_name_fr,
        english.naming_rule,
        french.naming_rule as naming_rule_fr,
        english.recommended_action,
        french.recommended_action as recommended_action_fr,
        english.tree_rule,
        french.tree_rule as tree_rule_fr

    from trained_segments
    left join english
        on
            trained_segments.model_version = english.model_version
            and trained_segments.segment_id = english.segment_id
    left join french
        on
            trained_segments.model_version = french.model_version
            and trained_segments.segment_id = french.segment_id

)

select * from named
