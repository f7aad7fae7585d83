-- One row per user: the segment of the nearest centroid by the current model, or why there is none.
-- The whole of scoring is here, in SQL; nothing is learned.
with

segment_inputs as (

    select * from {{ ref('segment_inputs') }}

),

segment_model as (

    select * from {{ ref('segment_model') }}
    qualify model_version = max(model_version) over ()

),

-- The parameters that all segments of a version share.
current_model as (

    select
        model_version,
        lower_caps,
        upper_caps,
        means,
        scales,
        components,
        list({
            'segment_id': segment_id,
            'segment_name': segment_name,
            'centroid': centroid
        } order by segment_id) as segments

    from segment_model
    group by all

),

scaled as (

    select
        segment_inputs.user_id,
        current_model.model_version,
        current_model.components,
        current_model.segments,
        {{ scaled_features('segment_inputs', 'current_model') }} as features

    from segment_inputs
    cross join current_model
    where segment_inputs.is_eligible

),

projected as (

    select
        user_id,
        model_version,
        segments,
        {{ project('features', 'components') }} as coordinates

    from scaled

),

-- Nearest first; of two that are equally near, the lower id.
ranked as (

    select
        user_id,
        model_version,
        segments,
        list_sort(list_transform(
            segments,
            lambda segment: {
                'distance': list_distance(coordinates, segment.centroid),
                'segment_id': segment.segment_id,
                'segment_name': segment.segment_name
            }
        ))[1:2] as nearest

    from projected

),

scored as (

    select
        segment_inputs.user_id,

        ranked.nearest[1].segment_id::integer as segment_id,
        ranked.nearest[1].segment_name::text as segment_name,
        case
            when ranked.user_id is not null then null
            when segment_inputs.is_automatic then 'automatic_traffic'
            else 'too_few_events'
        end as unsegmented_reason,

        ranked.nearest[1].distance as distance,
        -- 1 on the centroid, 0 halfway to the next one.
        1 - ranked.nearest[1].distance / nullif(ranked.nearest[2].distance, 0)
            as confidence,
        ranked.model_version::integer as model_version

    from segment_inputs
    left join ranked on segment_inputs.user_id = ranked.user_id

)

select * from scored
